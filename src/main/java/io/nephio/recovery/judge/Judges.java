package io.nephio.recovery.judge;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Cluster;
import java.time.Instant;
import java.util.List;

/** All judges, in the order of the recovery flow. */
public final class Judges {
  private static final List<Judge> IN_ORDER =
      List.of(new ClusterJudge(), new MachineJudge(), new NodeJudge());

  private Judges() {}

  /** Nothing is found in a cluster that somebody paused or is deleting. */
  public static List<Finding> judge(Cluster cluster, ClusterPolicySpec policy, Instant at) {
    if (cluster.paused() || cluster.deleting()) {
      return List.of();
    }
    return IN_ORDER.stream().flatMap(j -> j.judge(cluster, policy, at).stream()).toList();
  }

  /** A clock that runs ahead must not put off a failure. */
  static Instant notLater(Instant since, Instant at) {
    return since.isAfter(at) ? at : since;
  }
}
