package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Owner;
import io.nephio.recovery.facts.Workload;
import io.nephio.recovery.judge.Scene;
import java.util.Optional;

/** Why an act is proposed and may be, in one sentence with numbers. */
final class Why {
  private Why() {}

  static String text(Scene scene, Incident incident, Act act, Breaker breaker) {
    return switch (act.action()) {
      case ReplaceMachine, ReplaceNode -> replace(scene, incident, breaker);
      case DeletePod -> ready(scene, incident) + alone(incident, act);
      case RestartRollout ->
          ready(scene, incident) + "no cause is seen that a restart would not change";
      case DrainNode ->
          "%s; the pods on it (%d) may move, and %d other Nodes take them in"
              .formatted(
                  breaker.text(),
                  NodeRules.moving(scene, act.target().name()).size(),
                  NodeRules.takingIn(scene, act.target().name()));
      default -> incident.root().message();
    };
  }

  /** One pod, or some on one Node: its revision is not at fault. */
  private static String alone(Incident incident, Act act) {
    String pod = act.target().namespace() + "/" + act.target().name();
    long failing = incident.findings().stream().filter(f -> f.reason().ofPod()).count();
    String on = String.join(", ", incident.root().nodes());
    return failing == 1
        ? pod + " alone fails of its revision, so a new pod may heal it"
        : "%d pods of it fail, all on Node %s; %s is the first".formatted(failing, on, pod);
  }

  private static String replace(Scene scene, Incident incident, Breaker breaker) {
    Optional<Machine> machine = incident.machine();
    String owner = machine.flatMap(Machine::owner).map(o -> o.kind() + " " + o.name()).orElse("-");
    String quorum =
        machine
            .filter(Machine::controlPlane)
            .map(m -> "; " + ControlPlaneRules.quorum(scene, m).text())
            .orElse("");
    return breaker.text() + quorum + "; " + owner + " replaces it";
  }

  private static String ready(Scene scene, Incident incident) {
    Optional<Owner> owner = incident.root().owner();
    Optional<Workload> workload = owner.flatMap(scene::workload);
    return workload
        .map(w -> w.ready() + " of " + w.desired() + " pods of " + w.ref() + " ready; ")
        .or(() -> owner.map(o -> o.kind() + " " + o.name() + " makes a new pod; "))
        .orElse("");
  }
}
