package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.MachineOwner;
import io.nephio.recovery.facts.Owner;
import io.nephio.recovery.judge.Reason;
import io.nephio.recovery.judge.Scene;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What stands against replacing a Machine, besides the quorum of a control plane. */
final class MachineRules implements Rule {
  @Override
  public Optional<Objection> object(Scene scene, Incident incident, Act act) {
    Reason reason = incident.root().reason();
    if (!reason.ofMachine() && act.machine().isEmpty()) {
      return Optional.empty();
    }
    if (reason == Reason.MachineDeletionStuck) {
      return Objection.never(
          incident.root().message() + ": see what holds it up; finalizers are never removed");
    }
    Optional<Machine> replaced = act.machine().or(incident::machine);
    if (replaced.isEmpty()) {
      return Objection.never(withoutMachine(scene, incident.root().object().name()));
    }
    Machine machine = replaced.get();
    if (!machine.controller()) {
      return Objection.never(
          "no controller owns this Machine, so a deleted one would not come back");
    }
    Optional<Objection> barren = barren(scene, machine);
    if (barren.isPresent()) {
      return barren;
    }
    boolean never = reason == Reason.MachineFailed || reason == Reason.MachineNotRunning;
    return never && machine.node().isEmpty() && templateSuspect(scene, machine)
        ? Objection.never(
            "this Machine never became a Node: a new one of the same template would fail alike;"
                + " look at template, image, quota and network")
        : Optional.empty();
  }

  /**
   * A MachineDeployment that replaces on deletion alone tells its old MachineSets to make no new
   * Machines: what is deleted there comes back in its newest one.
   */
  private static Optional<Objection> barren(Scene scene, Machine machine) {
    Optional<MachineOwner> top = machine.owner().flatMap(scene::machineOwner);
    Optional<MachineOwner> set =
        Optional.ofNullable(machine.labels().get("cluster.x-k8s.io/set-name"))
            .map(
                name ->
                    new Owner("", "MachineSet", Objects.toString(machine.ref().namespace()), name))
            .flatMap(scene::machineOwner);
    return Stream.concat(
            top.filter(o -> o.makesNone() || o.paused()).stream(),
            set.filter(MachineOwner::paused).stream())
        .findFirst()
        .flatMap(
            o ->
                Objection.later(
                    o.ref() + " is paused or makes no new Machines, so none would follow"));
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
    if (LeftOvers.ofPool(scene, name)) {
      return "this Node belongs to a MachinePool, whose provider replaces instances by itself: look"
          + " there";
    }
    if (scene.cluster().machines().isEmpty()
        && scene.cluster().management().owners() instanceof Known.NotLooked<?>) {
      return "no Machines were looked at, so nothing is known that would bring this Node back: this"
          + " Node has no Machine here";
    }
    return "this Node has no Machine, so nothing would bring it back: look at the host, or delete the"
        + " Node if it is a left-over";
  }
}
