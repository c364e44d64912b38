package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.git.ClockProbe;
import io.nephio.recovery.operator.Stage.Workers;
import io.nephio.recovery.servers.AuditEntry;
import io.nephio.recovery.servers.ClusterApi;
import io.nephio.recovery.servers.GiteaServer;
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

  @Test
  void theOperatorWaitsForClusterApiAndThenReplacesInItsNewestVersion() {
    ClockProbe.finish();
    try (Stage stage = new Stage(Optional.empty(), GiteaServer.Version.NEWEST)) {
      stage.policy("default", "fleet");
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

      workers.nodeDies(1);
      Remediation proposed = stage.await("default", Phase.Proposed);
      assertThat(stage.changes()).as("changes before the merge").isEmpty();
      long number = proposed.status().proposal().pullRequest();
      stage.gitea.merge(Stage.REPOSITORY, number, Stage.APPROVER, "merge");
      stage.await("default", Phase.Verifying);
      workers.replaced(1, "edge01-md-0-e");
      stage.await("default", Phase.Succeeded);

      assertThat(stage.deletedMachines())
          .extracting(AuditEntry::name, AuditEntry::user)
          .containsExactly(org.assertj.core.groups.Tuple.tuple("edge01-md-0-b", Stage.OPERATOR));
      assertThat(versions(stage)).containsExactly("v1beta2");
    }
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
