package io.nephio.recovery.operator;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.RemediationSpec;
import java.util.Objects;

/** What was done, as an event tells it. */
record Deed(String reason, String text) {

  static Deed of(RemediationSpec spec) {
    String target = object(spec.target());
    return switch (spec.action()) {
      case ReplaceMachine, ReplaceNode -> replaced(spec);
      case DrainNode -> new Deed("NodeDrained", target + " cordoned and drained");
      case DeletePod -> new Deed("PodDeleted", target + " deleted by eviction");
      case RestartRollout -> new Deed("RolloutRestarted", target + " restarted");
      case ReapplyCrd -> new Deed("CrdReapplied", target + " applied again");
      case None -> throw new IllegalArgumentException("nothing is done");
    };
  }

  private static Deed replaced(RemediationSpec spec) {
    RemediationSpec.MachineRef machine = Objects.requireNonNull(spec.machine());
    String cordoned =
        spec.action() == Action.ReplaceNode ? "Node " + spec.target().name() + " cordoned, " : "";
    return new Deed(
        "MachineDeleted",
        "%sMachine %s/%s (uid %s) deleted"
            .formatted(cordoned, machine.namespace(), machine.name(), machine.uid()));
  }

  private static String object(RemediationSpec.Target target) {
    String namespace = target.namespace() == null ? "" : target.namespace() + "/";
    String uid = target.uid().isEmpty() ? "" : " (uid " + target.uid() + ")";
    return "%s %s%s%s".formatted(target.kind(), namespace, target.name(), uid);
  }
}
