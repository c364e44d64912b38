package io.nephio.recovery.plan;

import io.nephio.recovery.facts.ControlPlane;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.judge.Reason;
import io.nephio.recovery.judge.Scene;
import java.util.List;
import java.util.Optional;

/** What stands against replacing a member of a control plane: its quorum above all. */
final class ControlPlaneRules implements Rule {

  @Override
  public Optional<Objection> object(Scene scene, Incident incident, Act act) {
    Optional<Machine> machine = incident.machine().filter(Machine::controlPlane);
    Optional<ControlPlane> plane = scene.cluster().management().theControlPlane();
    if (machine.isEmpty()) {
      return incident.root().reason() == Reason.ControlPlaneUnhealthy
          ? Objection.never(noMember(incident))
          : Optional.empty();
    }
    List<Machine> members = members(scene);
    String asked = "a control-plane Machine: ";
    if (!initialized(scene, members)) {
      return Objection.never(
          asked
              + "the control plane was never initialized, so there is nothing to fall back to; look"
              + " at the first machine's boot, image and network");
    }
    if (members.size() <= 1) {
      return Objection.never(
          asked + "it is the only member, and replacing it would lose etcd; restore or scale up");
    }
    if (plane.filter(p -> !p.kubeadm()).isPresent() || !Quorum.reported(members)) {
      return Objection.never(
          asked
              + "its provider reports no health of members, so quorum without it cannot be"
              + " projected");
    }
    Quorum quorum = quorum(scene, machine.get());
    if (!quorum.safe()) {
      return Objection.never(asked + "quorum would be lost without it: " + quorum.text());
    }
    return members.stream()
        .filter(m -> !m.ref().equals(machine.get().ref()))
        .filter(m -> m.deleting() || m.node().isEmpty())
        .findFirst()
        .flatMap(
            m ->
                Objection.later(
                    (m.deleting() ? "another member is being deleted: " : "another member starts: ")
                        + m.ref().name()));
  }

  static List<Machine> members(Scene scene) {
    return scene.cluster().machines().stream().filter(Machine::controlPlane).toList();
  }

  static Quorum quorum(Scene scene, Machine removed) {
    boolean external =
        scene
            .cluster()
            .management()
            .theControlPlane()
            .filter(ControlPlane::externalEtcd)
            .isPresent();
    return Quorum.without(removed, members(scene), external);
  }

  /** The one member that is sick, where no other finding names it. */
  static Optional<Machine> suspect(Scene scene) {
    List<Machine> members = members(scene);
    if (!Quorum.reported(members)) {
      return members.size() == 1 ? Optional.of(members.get(0)) : Optional.empty();
    }
    boolean external =
        scene
            .cluster()
            .management()
            .theControlPlane()
            .filter(ControlPlane::externalEtcd)
            .isPresent();
    List<Machine> sick =
        members.stream().filter(m -> !m.deleting() && Quorum.sick(m, external)).toList();
    return sick.stream()
        .filter(m -> quorum(scene, m).safe())
        .findFirst()
        .or(() -> sick.stream().findFirst());
  }

  private static boolean initialized(Scene scene, List<Machine> members) {
    return scene
        .cluster()
        .management()
        .theControlPlane()
        .flatMap(ControlPlane::initialized)
        .or(() -> scene.cluster().management().controlPlaneInitialized())
        .orElseGet(() -> members.stream().anyMatch(m -> m.node().isPresent()));
  }

  private static String noMember(Incident incident) {
    return incident.root().message()
        + "; no member of it can be named whose replacement would help, so a person must look";
  }
}
