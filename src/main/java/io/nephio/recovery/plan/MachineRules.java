package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.MachineOwner;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.judge.Reason;
import io.nephio.recovery.judge.Scene;
import java.util.Optional;

/** What stands against replacing a Machine, besides the quorum of a control plane. */
final class MachineRules implements Rule {
  private static final String OWNER_KIND = "cluster.x-k8s.io/owner-kind";
  private static final String MACHINE = "cluster.x-k8s.io/machine";

  @Override
  public Optional<Objection> object(Scene scene, Incident incident, Act act) {
    Reason reason = incident.root().reason();
    if (!reason.ofMachine()) {
      return Optional.empty();
    }
    if (reason == Reason.MachineDeletionStuck) {
      return Objection.never(
          incident.root().message() + ": see what holds it up; finalizers are never removed");
    }
    if (incident.machine().isEmpty()) {
      return Objection.never(withoutMachine(scene, incident.root().object().name()));
    }
    Machine machine = incident.machine().get();
    if (!machine.controller()) {
      return Objection.never(
          "no controller owns this Machine, so a deleted one would not come back");
    }
    Optional<MachineOwner> owner = machine.owner().flatMap(scene::machineOwner);
    if (owner.filter(o -> o.makesNone() || o.paused()).isPresent()) {
      return Objection.later(
          owner.get().ref() + " is paused or makes no new Machines, so none would follow");
    }
    boolean never = reason == Reason.MachineFailed || reason == Reason.MachineNotRunning;
    return never && machine.node().isEmpty() && templateSuspect(scene, machine)
        ? Objection.never(
            "this Machine never became a Node: a new one of the same template would fail alike;"
                + " look at template, image, quota and network")
        : Optional.empty();
  }

  /** A template is good if another Machine of the same owner became a Node. */
  private static boolean templateSuspect(Scene scene, Machine machine) {
    boolean invalid =
        machine.failure().filter(f -> f.reason().equals("InvalidConfiguration")).isPresent();
    boolean sibling =
        scene.cluster().machines().stream()
            .anyMatch(
                m ->
                    m.node().isPresent()
                        && !m.deleting()
                        && m.owner().equals(machine.owner())
                        && m.owner().isPresent());
    return invalid || !sibling;
  }

  private static String withoutMachine(Scene scene, String name) {
    Optional<Node> node = scene.node(name);
    boolean pool =
        node.filter(n -> "MachinePool".equals(n.annotations().get(OWNER_KIND))).isPresent()
            || scene.cluster().management().owners().items().stream()
                .anyMatch(o -> o.nodes().contains(name));
    if (pool) {
      return "this Node belongs to a MachinePool, whose provider replaces instances by itself: look"
          + " there";
    }
    if (scene.cluster().machines().isEmpty()
        && scene.cluster().management().owners() instanceof Known.NotLooked<?>) {
      return "no Machines were looked at, so nothing is known that would bring this Node back: this"
          + " Node has no Machine here";
    }
    return node.map(n -> n.annotations().get(MACHINE))
        .map(
            m ->
                "this Node has no Machine any more (it was "
                    + m
                    + "): a left-over; delete the Node if nothing runs there")
        .orElse(
            "this Node has no Machine, so nothing would bring it back: look at the host, or delete"
                + " the Node if it is a left-over");
  }
}
