package io.nephio.recovery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans made from objects as Cluster API's own controllers wrote them, in both contracts. */
class GoldenPlanTest {
  private static final String LATER = "2026-11-25T04:30:00Z";

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v1.14.2/healthy                          | wl1 | Healthy               |
          v1.14.2/one-worker-unhealthy             | wl2 | Degraded              | Propose ReplaceNode
          v1.14.2/one-cp-unhealthy                 | wl1 | ControlPlaneUnhealthy | Propose ReplaceMachine
          v1.14.2/cp-approved-but-unsafe           | wl2 | ControlPlaneUnhealthy | Propose ReplaceMachine, Defer ReplaceMachine
          v1.14.2/etcd-unreachable-and-cp-approved | wl1 | ControlPlaneUnhealthy | Manual None
          v1.14.2/infracluster-not-ready           | wl3 | InfraUnready          | Manual None
          v1.14.2/mhc-short-circuited              | wl1 | Degraded              | Manual None
          v1.14.2/workload-api-down-7m             | wl1 | Unreachable           | Manual None
          v1.14.2/provisioning                     | wl1 | ControlPlaneUnhealthy | Manual None
          v1.14.2/cp-being-deleted                 | wl1 | ControlPlaneUnhealthy | Manual None
          v1.8.4/one-cp-unhealthy                  | o2  | ControlPlaneUnhealthy | Propose ReplaceMachine
          v1.8.4/two-cp-unhealthy                  | o1  | ControlPlaneUnhealthy | Manual None
          """)
  void bothContractsArePlannedAlike(String state, String cluster, String expected, String plan)
      throws IOException, URISyntaxException {
    for (String version :
        state.startsWith("v1.8") ? List.of("v1beta1") : List.of("v1beta1", "v1beta2")) {
      JsonNode planned = plan(state, cluster, version);
      assertThat(planned.at("/clusters/0/state").asText()).as(version).isEqualTo(expected);
      List<String> told = new ArrayList<>();
      planned
          .get("remediations")
          .forEach(r -> told.add(r.get("decision").asText() + " " + r.get("action").asText()));
      assertThat(String.join(", ", told)).as(version).isEqualTo(plan == null ? "" : plan);
    }
  }

  private JsonNode plan(String state, String cluster, String version)
      throws IOException, URISyntaxException {
    Path directory =
        Path.of(
            Objects.requireNonNull(GoldenPlanTest.class.getResource("/golden/" + state)).toURI());
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            """
            apiVersion: recovery.nephio.io/v1alpha1
            kind: ClusterPolicy
            metadata: {name: p}
            spec: {clusterSelector: {}}
            """);
    List<String> arguments =
        new ArrayList<>(
            List.of("plan", "-o", "json", "--at", LATER, "--policy", policy.toString()));
    arguments.add("--management");
    try (Stream<Path> files = Files.list(directory)) {
      files
          .map(Path::toString)
          .filter(f -> f.endsWith("." + version + ".yaml"))
          .sorted()
          .forEach(arguments::add);
    }
    Path nodes = directory.resolve("nodes.yaml");
    if (Files.exists(nodes)) {
      arguments.addAll(List.of("--workload", cluster + "=" + nodes));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Recovery.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            arguments.toArray(String[]::new));
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isIn(0, 10);
    return new ObjectMapper().readTree(out.toByteArray());
  }
}
