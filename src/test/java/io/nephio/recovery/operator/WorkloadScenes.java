package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.AppsAPIGroupDSL;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.operator.CrashStory.Scene;
import io.nephio.recovery.servers.Controllers;
import java.util.List;

/**
 * What happens around an operator that ends again and again, in a cluster with its real
 * controllers. They run from here on: they would mind the Nodes of the others' scenes.
 */
final class WorkloadScenes implements AutoCloseable {
  private static final List<String> NODES = List.of("k0", "k1", "k2");

  private final Stage stage;
  private final Controllers controllers;

  WorkloadScenes(Stage stage) {
    this.stage = stage;
    controllers = Controllers.start(stage.workload);
  }

  List<CrashPlot> plots() {
    return List.of(
        new CrashPlot(
            "pod",
            this::crashing,
            left -> assertThat(left.changes()).containsEntry("create pods eviction", 1L),
            List.of("after workload POST .*/eviction$")),
        new CrashPlot(
            "rollout",
            this::stalled,
            left -> assertThat(left.changes()).containsEntry("patch deployments", 1L),
            List.of("after workload PATCH .*/deployments/web")),
        new CrashPlot(
            "drain",
            this::pressed,
            left ->
                assertThat(left.changes())
                    .containsEntry("create pods eviction", 1L)
                    .containsEntry("patch nodes", 2L),
            List.of(
                "after workload PATCH .*/nodes/k. true$",
                "after workload PATCH .*/nodes/k. null$",
                "after workload POST .*/eviction$")));
  }

  private Scene crashing(String namespace, String cluster) {
    set(namespace, cluster);
    return new Played(() -> controllers.podFault("default", name(pods().get(0)), "crashloop"));
  }

  private Scene stalled(String namespace, String cluster) {
    set(namespace, cluster, "workloadRolloutTimeout: 1s\n");
    return new Played(
        () -> pods().forEach(p -> controllers.podFault("default", name(p), "not-ready")));
  }

  private Scene pressed(String namespace, String cluster) {
    set(namespace, cluster);
    String node = pods().get(0).getSpec().getNodeName();
    return new Played(() -> controllers.nodeFault(node, "memory-pressure")) {
      private boolean well;

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

  /** Its pods do not outlive it: those of a Node that is gone would wait for the collector. */
  private class Played implements Scene {
    private final Runnable failure;

    Played(Runnable failure) {
      this.failure = failure;
    }

    @Override
    public void fail() {
      failure.run();
    }

    @Override
    public void clear() {
      AppsAPIGroupDSL apps = stage.workload.client().apps();
      apps.deployments().inNamespace("default").delete();
      apps.replicaSets().inNamespace("default").delete();
      Stage.waiting()
          .until(
              () -> {
                stage.workload.client().pods().inNamespace("default").withGracePeriod(0).delete();
                return pods().isEmpty();
              });
    }
  }

  /** Three pods, one on each Node. */
  private void set(String namespace, String cluster, String... more) {
    NODES.forEach(controllers::node);
    Stage.waiting()
        .until(
            () ->
                stage.workload.client().nodes().list().getItems().stream()
                        .filter(n -> n.getSpec().getTaints().isEmpty())
                        .count()
                    == NODES.size());
    stage.workload.apply(WorkloadStoriesIT.DEPLOYMENT.formatted(3));
    Stage.waiting()
        .until(() -> pods().size() == 3 && pods().stream().allMatch(WorkloadScenes::isReady));
    stage.workers(namespace, cluster, 0);
    stage.policy(namespace, "fleet", more);
  }

  private List<Pod> pods() {
    return stage.workload.client().pods().inNamespace("default").list().getItems();
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }

  @Override
  public void close() {
    controllers.close();
  }
}
