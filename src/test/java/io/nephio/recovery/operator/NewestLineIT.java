package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.servers.AuditEntry;
import io.nephio.recovery.servers.ClusterApi;
import io.nephio.recovery.servers.GiteaServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The newest line of Cluster API, which comes after the operator, and whose version the operator
 * learns from the server. It serves v1beta1 too, and asked for that gives objects without a status.
 * The newest Gitea goes with it.
 */
class NewestLineIT {
  /** A pass without anything that calls for one would come too late for every step here. */
  private static final String PATIENT = "longInterval: 10m\nnodeNotReadyThreshold: 306s\n";

  @Test
  void theOperatorWaitsForClusterApiAndThenReplacesInItsNewestVersion() {
    try (Stage stage = new Stage(Optional.empty(), GiteaServer.Version.NEWEST);
        Looks looks = new Looks()) {
      stage.policy("default", "fleet", PATIENT);
      stage.start();
      Stage.waiting()
          .until(() -> !stage.readPolicy("default", "fleet").status().conditions().isEmpty());
      assertThat(stage.readPolicy("default", "fleet").status().clusters()).isEmpty();

      stage.install(ClusterApi.Line.V1BETA2);
      Workers workers = stage.workers("default", "edge01", 4);
      infrastructure(stage, "False");
      Stage.waiting().until(() -> state(stage).equals("InfraUnready"));
      infrastructure(stage, "True");
      Stage.waiting().until(() -> state(stage).equals("Healthy"));

      long before = stage.asked();
      Duration burst = burst(stage, workers);
      workers.nodeDies(1);
      Stage.waiting().until(() -> looks.last().equals("NodeNotReady edge01/edge01-md-0-b"));
      assertThat(stage.asked() - before)
          .as("passes in %s", burst)
          .isLessThan(6 + burst.toMillis() / 200);
      Remediation proposed = stage.await("default", Phase.Proposed);
      assertThat(stage.changes()).as("changes before the merge").isEmpty();
      stage.approver.merge(proposed);
      stage.await("default", Phase.Verifying);
      Stage.waiting().until(() -> looks.last().equals("Verifying edge01/edge01-md-0-b"));
      stage.passes(3);
      workers.replaced(1, "edge01-md-0-e");
      stage.await("default", Phase.Succeeded);
      Stage.waiting().until(() -> looks.last().equals("longInterval"));

      assertThat(stage.deletedMachines())
          .extracting(AuditEntry::name, AuditEntry::user)
          .containsExactly(org.assertj.core.groups.Tuple.tuple("edge01-md-0-b", Stage.OPERATOR));
      assertThat(versions(stage)).containsExactly("v1beta2");
    }
  }

  /** Changes that matter to nobody, one right after the other. */
  private static Duration burst(Stage stage, Workers workers) {
    Instant began = Instant.now();
    for (int i = 0; i < 60; i++) {
      String value = "" + i;
      stage
          .workload
          .client()
          .nodes()
          .withName(workers.name(2))
          .edit(
              node ->
                  new NodeBuilder(node)
                      .editMetadata()
                      .addToLabels("burst", value)
                      .endMetadata()
                      .build());
    }
    return Duration.between(began, Instant.now());
  }

  private static void infrastructure(Stage stage, String ready) {
    var cluster =
        stage
            .management
            .client()
            .genericKubernetesResources("cluster.x-k8s.io/v1beta2", "Cluster")
            .inNamespace("default")
            .withName("edge01")
            .get();
    stage.capi.condition(
        cluster, "InfrastructureReady", ready, "Told", Instant.now().minusSeconds(3600));
  }

  private static String state(Stage stage) {
    return stage.readPolicy("default", "fleet").status().clusters().stream()
        .map(c -> c.state())
        .findFirst()
        .orElse("");
  }

  /** In which the operator asked for Clusters and Machines. */
  private static List<String> versions(Stage stage) {
    return stage.management.audit().stream()
        .filter(e -> e.user().equals(Stage.OPERATOR))
        .filter(e -> List.of("clusters", "machines").contains(e.resource()))
        .map(e -> e.uri().replaceAll("^/apis/[^/]+/([^/]+)/.*", "$1"))
        .distinct()
        .toList();
  }
}
