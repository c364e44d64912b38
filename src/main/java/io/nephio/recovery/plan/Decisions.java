package io.nephio.recovery.plan;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.MachineOwner;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.Owner;
import io.nephio.recovery.judge.Scene;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides all incidents of one cluster together: mass failures first, one member at a time. */
final class Decisions {
  private final Ledger ledger;
  private final Scene scene;
  private final Breakers breakers;
  private final Decider decider;

  Decisions(Policy policy, Ledger ledger, Scene scene, Breakers breakers, Restorable packages) {
    this.ledger = ledger;
    this.scene = scene;
    this.breakers = breakers;
    this.decider = new Decider(policy, ledger, scene, breakers, packages);
  }

  List<Decision> of(List<Incident> incidents) {
    List<Decision> decided = new ArrayList<>();
    List<Incident> anew = new ArrayList<>();
    for (Incident incident : incidents) {
      decider.underWay(incident).ifPresentOrElse(decided::add, () -> anew.add(incident));
    }
    mass(anew, decided);
    for (Incident incident : anew) {
      Decision decision = decider.decide(incident);
      decided.add(
          decision instanceof Decision.Propose && incident.controlPlane()
              ? busy(decided, incident)
                  .map(name -> decider.later(incident, "one member at a time: " + name + " first"))
                  .orElse(decision)
              : decision);
    }
    return decided;
  }

  /** Takes out what is part of a mass failure, of the whole cluster or of a part of it. */
  private void mass(List<Incident> anew, List<Decision> decided) {
    List<Incident> workers =
        anew.stream().filter(i -> i.machine().isPresent() && !i.controlPlane()).toList();
    if (workers.isEmpty()) {
      return;
    }
    if (breakers.cluster().open()) {
      decided.add(decider.mass(workers, scene.cluster().object(), breakers.cluster().text()));
      anew.removeIf(i -> i.machine().isPresent() && !i.controlPlane());
      return;
    }
    Map<String, List<Incident>> parts = new LinkedHashMap<>();
    for (Incident incident : workers) {
      incident
          .machine()
          .flatMap(breakers::part)
          .ifPresent(p -> parts.computeIfAbsent(p, k -> new ArrayList<>()).add(incident));
    }
    Set<Incident> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    parts.forEach(
        (text, part) -> {
          decided.add(decider.mass(part, object(part, text), text));
          taken.addAll(part);
        });
    anew.removeIf(taken::contains);
  }

  /** The owner, where it is the owner's breaker; else the first that fails. */
  private ObjectRef object(List<Incident> part, String text) {
    Optional<Owner> owner = part.get(0).machine().flatMap(Machine::owner);
    return owner
        .filter(o -> text.endsWith(" " + o.name()))
        .map(
            o ->
                scene
                    .machineOwner(o)
                    .map(MachineOwner::ref)
                    .orElseGet(
                        () -> new ObjectRef(o.apiVersion(), o.kind(), o.namespace(), o.name(), "")))
        .orElse(part.get(0).root().object());
  }

  /** The remediation of another member that is open or just proposed. */
  private Optional<String> busy(List<Decision> decided, Incident incident) {
    String lineage = Identities.lineage(scene, incident);
    return decided.stream()
        .filter(d -> d instanceof Decision.Propose && d.incident().controlPlane())
        .map(d -> d.id().name())
        .findFirst()
        .or(
            () ->
                ledger.entries().stream()
                    .filter(e -> e.status().phase().open())
                    .filter(e -> e.spec().lineage().equals(lineage))
                    .filter(e -> e.spec().action() != Action.None)
                    .map(LedgerEntry::name)
                    .findFirst());
  }
}
