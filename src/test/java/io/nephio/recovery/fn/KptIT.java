package io.nephio.recovery.fn;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.rules.Rule;
import io.nephio.recovery.servers.Kpt;
import io.nephio.recovery.yaml.Limits;
import io.nephio.recovery.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real kpt runs the function on every example; they are in the form of kpt's own test runner.
 */
class KptIT {
  private static final Path HOME = Path.of("kpt-fn").toAbsolutePath();
  private static final String LAUNCHER = HOME.resolve("validate-cluster-policy").toString();
  private static final String IMAGE =
      "image: ghcr.io/nephio-project/validate-cluster-policy:v0.1.0";
  private static final Path JAR = Path.of(System.getProperty("recovery.function.jar", ""));

  /** What no package can show: kpt reads it first, or there is nothing to compare with. */
  private static final Set<Rule> WITHOUT_EXAMPLE =
      EnumSet.of(Rule.INPUT, Rule.INTERNAL, Rule.SPEC_IMMUTABLE);

  @TempDir Path folder;

  static List<Path> examples() throws IOException {
    try (Stream<Path> folders = Files.list(HOME.resolve("examples"))) {
      return folders.sorted().toList();
    }
  }

  /** {@code -Dexamples.update} writes what is expected instead. */
  @ParameterizedTest
  @MethodSource("examples")
  void renderSaysWhatIsExpectedAndTouchesNothing(Path example) throws IOException {
    Path copy = copy(example);
    Map<String, String> before = contents(copy);
    Path results = folder.resolve("results");
    Kpt.Run run = kpt(copy, "render", "--allow-exec", "--results-dir", results.toString());
    assertThat(run.exit()).as(run.output()).isEqualTo(exitCode(example));
    String got = Files.readString(results.resolve("results.yaml")).replaceAll("exec: .*", IMAGE);
    if (System.getProperty("examples.update") != null) {
      Files.writeString(example.resolve(".expected/results.yaml"), got);
    }
    assertThat(got).isEqualTo(Files.readString(example.resolve(".expected/results.yaml")));
    assertThat(contents(copy)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void evalSaysTheSame(Path example) throws IOException {
    Path copy = copy(example);
    Path results = folder.resolve("results");
    List<String> arguments =
        new ArrayList<>(List.of("eval", "--exec", LAUNCHER, "--results-dir", results.toString()));
    if (Files.exists(example.resolve("settings.yaml"))) {
      arguments.addAll(List.of("--fn-config", "settings.yaml"));
    }
    if (example.endsWith("validate-cluster-policy-strict")) {
      arguments.addAll(List.of("--", "strict=true", "mute=threshold-below-pace"));
    }
    if (example.endsWith("validate-cluster-policy-nothing-to-check")) {
      arguments.addAll(List.of("--", "strikt=true"));
    }
    Kpt.Run run = kpt(copy, arguments.toArray(String[]::new));
    assertThat(run.exit()).as(run.output()).isEqualTo(exitCode(example));
    assertThat(rules(results.resolve("results.yaml")))
        .isEqualTo(rules(example.resolve(".expected/results.yaml")));
  }

  @Test
  void everyRuleHasAnExampleThatBreaksItAndOneThatKeepsIt() throws IOException {
    Set<String> broken = new TreeSet<>();
    for (Path example : examples()) {
      broken.addAll(rules(example.resolve(".expected/results.yaml")));
    }
    Set<String> all = new TreeSet<>();
    EnumSet.complementOf(EnumSet.copyOf(WITHOUT_EXAMPLE)).forEach(r -> all.add(r.id()));
    assertThat(broken).isEqualTo(all);
    assertThat(rules(HOME.resolve("examples/validate-cluster-policy-valid/.expected/results.yaml")))
        .isEmpty();
  }

  @Test
  void theReadmeNamesEveryRule() throws IOException {
    String readme = Files.readString(HOME.resolve("README.md"));
    for (Rule rule : Rule.values()) {
      assertThat(readme)
          .contains("| `" + rule.id() + "` | " + rule.severity() + " | " + rule.demand());
    }
  }

  /**
   * With the archive, with a foreign one in its place, and without: the same output, nothing else.
   */
  @ParameterizedTest
  @ValueSource(strings = {"none", "right", "foreign"})
  void theLauncherStartsWithWhatIsThere(String archive) throws Exception {
    Path jar = Files.copy(JAR, folder.resolve("recovery-fn.jar"));
    if (!archive.equals("none")) {
      String made = launch(jar, Path.of("pom.xml"), "--archive").strip();
      assertThat(Path.of(made)).isNotEmptyFile();
      if (archive.equals("foreign")) {
        Files.writeString(Path.of(made), "no archive at all");
      }
    }
    Path input = HOME.resolve("training.yaml");
    String output = launch(jar, input);
    assertThat(output).startsWith(Files.readString(input) + "results: [");
    assertThat(Yaml.read(output, Limits.OBJECTS)).hasSize(1);
  }

  private static String launch(Path jar, Path input, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(LAUNCHER));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("RECOVERY_FN_JAR", jar.toString());
    Process process = builder.start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private static Kpt.Run kpt(Path folder, String... arguments) {
    return Kpt.fn(folder, Map.of("RECOVERY_FN_JAR", JAR.toString()), arguments);
  }

  private static int exitCode(Path example) throws IOException {
    String config = Files.readString(example.resolve(".expected/config.yaml"));
    Map<?, ?> tree = (Map<?, ?>) Yaml.read(config, Limits.OBJECTS).get(0).value();
    return ((Long) tree.get("exitCode")).intValue();
  }

  /** Of a file in which kpt wrote results. */
  private static Set<String> rules(Path file) throws IOException {
    Set<String> rules = new TreeSet<>();
    Map<?, ?> tree = (Map<?, ?>) Yaml.read(Files.readString(file), Limits.OBJECTS).get(0).value();
    for (Object item : (List<?>) tree.get("items")) {
      if (((Map<?, ?>) item).get("results") instanceof List<?> results) {
        results.forEach(
            r -> rules.add((String) ((Map<?, ?>) ((Map<?, ?>) r).get("tags")).get("rule")));
      }
    }
    return rules;
  }

  private Path copy(Path example) throws IOException {
    Path copy = folder.resolve("package");
    try (Stream<Path> files = Files.walk(example)) {
      for (Path file : files.toList()) {
        Path to = copy.resolve(example.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.writeString(to, Files.readString(file).replace(IMAGE, "exec: " + LAUNCHER));
        }
      }
    }
    return copy;
  }

  private static Map<String, String> contents(Path root) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
