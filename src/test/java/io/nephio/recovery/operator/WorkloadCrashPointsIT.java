package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.operator.CrashStory.Left;
import io.nephio.recovery.operator.CrashStory.Scene;
import io.nephio.recovery.servers.Controllers;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * With {@code -Pcrash}: the operator's process ends at every distinct request of the stories of a
 * pod, a rollout and a drain as well, in a cluster with its real controllers.
 */
class WorkloadCrashPointsIT {
  private static final List<String> NODES = List.of("k0", "k1", "k2");

  @AutoClose private static Stage stage;
  @AutoClose private static Controllers controllers;

  @BeforeAll
  static void set() {
    Assumptions.assumeTrue(CrashStory.isLong(), "with -Pcrash only");
    stage = new Stage();
    controllers = Controllers.start(stage.workload);
  }

  @AfterEach
  void clear() {
    stage.clear();
  }

  @Test
  void aPodIsEvictedOnce() {
    assertThat(twice("pod", WorkloadCrashPointsIT::crashing).changes())
        .containsEntry("create pods eviction", 1L);
  }

  @Test
  void aRolloutIsRestartedOnce() {
    assertThat(twice("rollout", WorkloadCrashPointsIT::stalled).changes())
        .containsEntry("patch deployments", 1L);
  }

  @Test
  void aNodeIsDrainedOnce() {
    assertThat(twice("drain", WorkloadCrashPointsIT::pressed).changes())
        .containsEntry("create pods eviction", 1L)
        .containsEntry("patch nodes", 2L);
  }

  private static Left twice(String story, BiFunction<String, String, Scene> scene) {
    return CrashStory.twice(stage, story, CrashStory.everywhere(), scene);
  }

  private static Scene crashing(String namespace, String cluster) {
    set(namespace, cluster);
    return () -> controllers.podFault("default", name(pods().get(0)), "crashloop");
  }

  private static Scene stalled(String namespace, String cluster) {
    set(namespace, cluster, "workloadRolloutTimeout: 1s\n");
    return () -> pods().forEach(p -> controllers.podFault("default", name(p), "not-ready"));
  }

  private static Scene pressed(String namespace, String cluster) {
    set(namespace, cluster);
    return new Scene() {
      private final String node = pods().get(0).getSpec().getNodeName();
      private boolean well;

      @Override
      public void fail() {
        controllers.nodeFault(node, "memory-pressure");
      }

      @Override
      public void play() {
        if (!well
            && stage.remediations().stream().anyMatch(r -> r.status().phase() == Phase.Verifying)) {
          controllers.nodeFault(node, null);
          well = true;
        }
      }
    };
  }

  /** Three pods, one on each Node. */
  private static void set(String namespace, String cluster, String... more) {
    stage.workload.client().apps().deployments().inNamespace("default").delete();
    // Those of a Node that is gone wait for the collector, which gives the Node a minute.
    Stage.waiting().atMost(Duration.ofMinutes(3)).until(() -> pods().isEmpty());
    NODES.forEach(controllers::node);
    Stage.waiting()
        .until(
            () ->
                stage.workload.client().nodes().list().getItems().stream()
                        .filter(n -> n.getSpec().getTaints().isEmpty())
                        .count()
                    == NODES.size());
    stage.workload.apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: default}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata:
              labels: {app: web}
              annotations: {test/restart-every: 1s}
            spec:
              automountServiceAccountToken: false
              containers: [{name: web, image: "registry.example.com/web:1"}]
        """);
    Stage.waiting()
        .until(() -> pods().stream().filter(WorkloadCrashPointsIT::isReady).count() == 3);
    stage.workers(namespace, cluster, 0);
    stage.policy(namespace, "fleet", more);
  }

  private static List<Pod> pods() {
    return stage.workload.client().pods().inNamespace("default").list().getItems();
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }
}
