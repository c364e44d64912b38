package io.nephio.recovery.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.servers.Images;
import io.nephio.recovery.servers.Kpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images are built from their Dockerfiles, and started as Kubernetes and kpt start them. */
class ImageIT {
  private static final String FUNCTION = "ghcr.io/nephio-project/validate-cluster-policy:v0.1.0";
  private static final String OPERATOR = "ghcr.io/nephio-project/recovery-operator:v0.1.0";
  private static final Path EXAMPLES = Path.of("kpt-fn/examples");

  @TempDir Path folder;

  @BeforeAll
  static void build() {
    Images.build("kpt-fn/Dockerfile", FUNCTION);
    Images.build("deploy/Dockerfile", OPERATOR);
  }

  @AfterAll
  static void remove() {
    Images.remove(FUNCTION);
    Images.remove(OPERATOR);
  }

  @Test
  void kptRendersWithTheImage() throws IOException {
    Kpt.Run run = render("validate-cluster-policy-valid");
    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.output()).contains("[PASS] \"" + FUNCTION + "\"").doesNotContain("WARN");
  }

  @Test
  void aWrongPolicyStopsAtTheRenderAndNothingIsTouched() throws IOException {
    Map<String, String> before = contents(EXAMPLES.resolve("validate-cluster-policy-refused"));
    Kpt.Run run = render("validate-cluster-policy-refused");
    assertThat(run.exit()).isNotZero();
    assertThat(run.output()).contains("[FAIL] \"" + FUNCTION + "\"", "ClusterPolicy");
    assertThat(contents(folder.resolve("package"))).isEqualTo(before);
  }

  @Test
  void nobodyRunsThem() {
    assertThat(Images.user(FUNCTION)).isEqualTo("nobody");
    assertThat(Images.user(OPERATOR)).isEqualTo("65534:65534");
  }

  @Test
  void theOperatorStartsAndSaysInOneLineWhatItMisses() {
    Images.Run help = Images.run(OPERATOR, "65534:65534", "--help");
    assertThat(help.exit()).as(help.output()).isZero();
    assertThat(help.output()).contains("operator", "plan", "validate");
    Images.Run started = Images.run(OPERATOR, "65534:65534", "operator");
    assertThat(started.exit()).isNotZero();
    assertThat(started.output().lines().filter(line -> !line.contains("exit")))
        .singleElement()
        .asString()
        .startsWith("GIT_SERVER_URL is not set");
  }

  private Kpt.Run render(String example) throws IOException {
    Path copy = folder.resolve("package");
    for (var file : contents(EXAMPLES.resolve(example)).entrySet()) {
      Path to = copy.resolve(file.getKey());
      Files.createDirectories(to.getParent());
      Files.writeString(to, file.getValue());
    }
    return Kpt.fn(copy, Images.environment(), "render", "--image-pull-policy", "Never");
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
