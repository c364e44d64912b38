package io.nephio.recovery.operator;

import io.micrometer.core.instrument.MeterRegistry;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.lifecycle.Stretch;

/** What is counted. The names of the recovery flow's document are kept. */
final class Metrics {
  private final MeterRegistry registry;

  Metrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Once per act that has happened. */
  void acted(RemediationSpec spec) {
    switch (spec.action()) {
      case ReplaceMachine -> count("machine.deleted", spec);
      case ReplaceNode -> {
        count("machine.deleted", spec);
        count("node.replaced", spec);
      }
      case DrainNode -> count("node.drained", spec);
      case DeletePod -> count("pod.deleted", spec);
      case RestartRollout -> count("workload.rollout.restarted", spec);
      case ReapplyCrd -> count("crd.reapplied", spec);
      case None -> {}
    }
  }

  void moved(RemediationSpec spec, Phase phase) {
    registry
        .counter("remediation.transitions", "action", spec.action().name(), "phase", phase.name())
        .increment();
  }

  /** How long what has just ended took. */
  void took(RemediationSpec spec, Stretch stretch) {
    registry
        .timer("remediation.time", "action", spec.action().name(), "part", stretch.name())
        .record(stretch.took());
  }

  /** Of the Git server. */
  void called(String operation, String outcome) {
    registry.counter("git.calls", "operation", operation, "outcome", outcome).increment();
  }

  private void count(String name, RemediationSpec spec) {
    registry
        .counter(name, "namespace", spec.cluster().namespace(), "cluster", spec.cluster().name())
        .increment();
  }
}
