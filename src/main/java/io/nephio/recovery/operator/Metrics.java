package io.nephio.recovery.operator;

import io.micrometer.core.instrument.MeterRegistry;
import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;

/** What is counted. The names of the recovery flow's document are kept. */
final class Metrics {
  private final MeterRegistry registry;

  Metrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Once per deletion that the API server took. */
  void acted(RemediationSpec spec) {
    count("machine.deleted", spec);
    if (spec.action() == Action.ReplaceNode) {
      count("node.replaced", spec);
    }
  }

  void moved(RemediationSpec spec, Phase phase) {
    registry
        .counter("remediation.transitions", "action", spec.action().name(), "phase", phase.name())
        .increment();
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
