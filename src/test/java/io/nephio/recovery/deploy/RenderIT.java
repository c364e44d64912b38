package io.nephio.recovery.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.nephio.recovery.servers.Kpt;
import io.nephio.recovery.servers.Kustomize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real kpt renders the packages. Our validator runs as a program; apply-setters is to be had as
 * an image only and is left out: {@link SettersTest} shows that it would change nothing.
 */
class RenderIT {
  private static final String LAUNCHER =
      Path.of("kpt-fn/validate-cluster-policy").toAbsolutePath().toString();
  private static final Map<String, String> FUNCTION =
      Map.of("RECOVERY_FN_JAR", System.getProperty("recovery.function.jar", ""));

  @TempDir Path folder;

  static Stream<KptPackage> packages() {
    return Stream.of(KptPackage.OPERATOR, KptPackage.POLICY);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void changesNothingInAFreshPackage(KptPackage kpt) throws IOException {
    Path copy = copy(kpt);
    Map<String, String> before = contents(copy);
    Kpt.Run run = Kpt.fn(copy, FUNCTION, "render", "--allow-exec");
    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(contents(copy)).isEqualTo(before);
  }

  @Test
  void thePolicyIsValidatedWithoutAnythingToSay() throws IOException {
    Kpt.Run run = Kpt.fn(copy(KptPackage.POLICY), FUNCTION, "render", "--allow-exec");
    assertThat(run.output()).contains("[PASS]").doesNotContain("[warning]", "[info]");
  }

  @Test
  void aWrongPolicyStopsAtTheRender() throws IOException {
    Path copy = copy(KptPackage.POLICY);
    Path policy = copy.resolve("policy.yaml");
    String wrong = Files.readString(policy).replace("maxInFlight: 1", "maxInFlight: 0");
    Files.writeString(policy, wrong);
    Kpt.Run run = Kpt.fn(copy, FUNCTION, "render", "--allow-exec");
    assertThat(run.exit()).isNotZero();
    assertThat(run.output()).contains("spec.maxInFlight");
  }

  @Test
  void theBaseIsWhatThePackageRendersTo() throws IOException {
    Path copy = copy(KptPackage.OPERATOR);
    assertThat(Kpt.fn(copy, FUNCTION, "render", "--allow-exec").exit()).isZero();
    var rendered = new ArrayList<JsonNode>();
    for (var file : contents(copy).entrySet()) {
      if (file.getKey().endsWith(".yaml")) {
        rendered.addAll(objects(file.getValue()));
      }
    }
    rendered.removeIf(RenderIT::isLocal);
    assertThat(objects(Kustomize.build(Copies.BASE))).containsExactlyInAnyOrderElementsOf(rendered);
  }

  private static boolean isLocal(JsonNode object) {
    return object.at("/metadata/annotations").has("config.kubernetes.io/local-config");
  }

  /** Kustomize writes 20 where the CRD has 20.0. */
  private static List<JsonNode> objects(String yaml) throws IOException {
    String whole = yaml.replaceAll("(?m)(: [0-9]+)[.]0$", "$1");
    try (MappingIterator<JsonNode> all =
        new YAMLMapper().readerFor(JsonNode.class).readValues(whole)) {
      return all.readAll();
    }
  }

  private Path copy(KptPackage kpt) throws IOException {
    Path copy = folder.resolve("package");
    for (var file : contents(kpt.folder()).entrySet()) {
      Path to = copy.resolve(file.getKey());
      Files.createDirectories(to.getParent());
      Files.writeString(
          to,
          file.getValue()
              .replaceAll("(?s)  mutators:\n  - image: [^\n]*/apply-setters:[^\n]*\n[^\n]*\n", "")
              .replaceAll("image: .*/validate-cluster-policy:.*", "exec: " + LAUNCHER)
              .replaceAll("pipeline:\n\\z", ""));
    }
    return copy;
  }

  private static Map<String, String> contents(Path root) throws IOException {
    var contents = new TreeMap<String, String>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
