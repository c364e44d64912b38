package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.MachineOwner;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.Owner;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Scene;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Too many fail at once for one Machine to be the cause: one entry, for a person.
 *
 * <p>It stands for the Cluster, or for the owner whose Machines fail, and never for one of them, so
 * that it stays the same while Machines come and go.
 */
final class MassFailures {
  private final Policy policy;
  private final Scene scene;
  private final Breakers breakers;

  MassFailures(Policy policy, Scene scene, Breakers breakers) {
    this.policy = policy;
    this.scene = scene;
    this.breakers = breakers;
  }

  /**
   * Takes out what is part of one.
   *
   * @param all those that are decided anew, and those under way
   */
  List<Decision> takeOut(List<Incident> incidents, List<Incident> all) {
    Map<ObjectRef, List<Incident>> parts = new LinkedHashMap<>();
    Map<ObjectRef, Set<String>> texts = new LinkedHashMap<>();
    List<Machine> doomed = doomed(all);
    for (Incident incident : incidents) {
      part(incident)
          .or(() -> member(incident, doomed))
          .ifPresent(
              p -> {
                ObjectRef object = p.owner().map(this::object).orElse(scene.cluster().object());
                parts.computeIfAbsent(object, k -> new ArrayList<>()).add(incident);
                texts.computeIfAbsent(object, k -> new TreeSet<>()).add(p.text());
              });
    }
    Set<Incident> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    parts.values().forEach(taken::addAll);
    incidents.removeIf(taken::contains);
    return parts.entrySet().stream()
        .map(p -> mass(p.getValue(), p.getKey(), String.join("; ", texts.get(p.getKey()))))
        .toList();
  }

  private Optional<Breakers.Part> part(Incident incident) {
    if (incident.machine().isEmpty() || incident.root().reason().gates()) {
      return Optional.empty();
    }
    return breakers.cluster().open()
        ? Optional.of(new Breakers.Part(breakers.cluster().text(), Optional.empty()))
        : breakers.part(incident.machine().get());
  }

  /** The members that fail together, when none of them can be spared. */
  private List<Machine> doomed(List<Incident> all) {
    List<Machine> failing =
        all.stream()
            .filter(i -> i.controlPlane() && !i.root().reason().gates())
            .flatMap(i -> i.machine().stream())
            .distinct()
            .toList();
    boolean lost =
        failing.size() > 1
            && Quorum.reported(ControlPlaneRules.members(scene))
            && failing.stream().noneMatch(m -> ControlPlaneRules.quorum(scene, m).safe());
    return lost ? failing : List.of();
  }

  private Optional<Breakers.Part> member(Incident incident, List<Machine> doomed) {
    return incident
        .machine()
        .filter(doomed::contains)
        .map(
            m ->
                new Breakers.Part(
                    doomed.size()
                        + " of "
                        + ControlPlaneRules.members(scene).size()
                        + " members of the control plane fail, and quorum would be lost without any"
                        + " of them",
                    m.owner()));
  }

  private ObjectRef object(Owner owner) {
    return scene
        .machineOwner(owner)
        .map(MachineOwner::ref)
        .orElseGet(
            () ->
                new ObjectRef(
                    owner.apiVersion(), owner.kind(), owner.namespace(), owner.name(), ""));
  }

  private Decision mass(List<Incident> incidents, ObjectRef object, String text) {
    List<Finding> findings = incidents.stream().flatMap(i -> i.findings().stream()).toList();
    Incident mass =
        new Incident(
            scene.cluster(),
            findings.get(0),
            findings.subList(1, findings.size()),
            Optional.empty());
    return new Decision.Manual(
        mass,
        Identities.mass(policy, scene, object),
        Act.none(object),
        text
            + ": too many at once for one cause in a Machine; nothing is proposed"
            + quorum(incidents));
  }

  /** What would be left of the control plane, should a person think of its members first. */
  private String quorum(List<Incident> incidents) {
    List<Machine> members = ControlPlaneRules.members(scene);
    return incidents.stream()
        .filter(Incident::controlPlane)
        .flatMap(i -> i.machine().stream())
        .filter(m -> members.size() > 1 && Quorum.reported(members))
        .findFirst()
        .map(m -> "; without " + m.ref().name() + ": " + ControlPlaneRules.quorum(scene, m).text())
        .orElse("");
  }
}
