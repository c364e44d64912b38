package io.nephio.recovery.judge;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Cluster;
import java.time.Instant;
import java.util.List;

/** All judges, in the order of the recovery flow. */
public final class Judges {
  private static final List<Judge> IN_ORDER =
      List.of(
          new ClusterJudge(),
          new ControlPlaneJudge(),
          new WitnessJudge(),
          new MachineJudge(),
          new NodeJudge(),
          new PodJudge(),
          new WorkloadJudge(),
          new CrdJudge());

  private Judges() {}

  public static List<Finding> judge(Cluster cluster, ClusterPolicySpec policy, Instant at) {
    return judge(new Scene(cluster, policy, Memory.EMPTY, at));
  }

  /** Nothing is found in a cluster that somebody paused or is deleting. */
  public static List<Finding> judge(Scene scene) {
    if (scene.cluster().paused() || scene.cluster().deleting()) {
      return List.of();
    }
    return IN_ORDER.stream()
        .flatMap(j -> j.judge(scene).stream())
        .map(f -> scene.memory().older(f, scene.at()))
        .toList();
  }

  /** What will be found unless it gets on, and is too ordinary to be told before. */
  public static List<Finding> coming(Scene scene) {
    return scene.cluster().paused() || scene.cluster().deleting()
        ? List.of()
        : MachineJudge.all(scene).filter(f -> !f.isDue(scene.at())).toList();
  }
}
