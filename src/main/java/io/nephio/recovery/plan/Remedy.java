package io.nephio.recovery.plan;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.judge.Finding;
import java.util.Optional;

/** Which act would end an incident. Whether it may be done is not asked here. */
final class Remedy {
  private Remedy() {}

  static Act of(Incident incident) {
    Finding root = incident.root();
    ObjectRef object = root.object();
    Optional<Machine> machine = incident.machine();
    return switch (root.reason()) {
      case ControlPlaneUnhealthy,
          MachineFailed,
          MachineNotRunning,
          MachineNodeMissing,
          NodeNotReady ->
          machine.map(m -> replace(incident, m)).orElseGet(() -> Act.none(object));
      case NodePressure, NodeNetworkUnavailable ->
          object.kind().equals("Node")
              ? new Act(Action.DrainNode, object, Optional.empty())
              : Act.none(object);
      case PodCrashLoop, PodFailed, PodConfigError ->
          new Act(Action.DeletePod, object, Optional.empty());
      case WorkloadStalled -> new Act(Action.RestartRollout, object, Optional.empty());
      case CrdMissing, CrdNotEstablished -> new Act(Action.ReapplyCrd, object, Optional.empty());
      default -> Act.none(object);
    };
  }

  /** Of a control plane the target is always the Machine, whichever finding led there. */
  private static Act replace(Incident incident, Machine machine) {
    ObjectRef object = incident.root().object();
    return object.kind().equals("Node") && !machine.controlPlane()
        ? new Act(Action.ReplaceNode, object, Optional.of(machine))
        : new Act(Action.ReplaceMachine, machine.ref(), Optional.of(machine));
  }
}
