package io.nephio.recovery.lifecycle;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Memory;
import io.nephio.recovery.judge.Scene;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The very object a remediation is about, in one look at its cluster. */
interface Subject {

  static Subject of(RemediationSpec spec, Cluster cluster, ClusterPolicySpec policy, Instant at) {
    Scene scene = new Scene(cluster, policy, Memory.EMPTY, at);
    return switch (spec.action()) {
      case DrainNode -> new NodeSubject(spec, cluster);
      case DeletePod -> new PodSubject(spec, scene);
      case RestartRollout -> new WorkloadSubject(spec, cluster);
      case ReapplyCrd -> new CrdSubject(spec, cluster);
      case ReplaceMachine, ReplaceNode, None -> new MachineSubject(spec, cluster);
    };
  }

  /** Why nothing can be told, if so. */
  Optional<String> unseen();

  boolean gone();

  boolean concerns(Finding finding);

  /** What it says of itself, where nothing is found. */
  Health state();

  /**
   * Whether the act that began then has helped.
   *
   * @param findings what concerns it now
   */
  Health after(Instant startedAt, List<Finding> findings);
}
