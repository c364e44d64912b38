package io.nephio.recovery.plan;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.judge.Scene;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides all incidents of one cluster together: mass failures first, one member at a time. */
final class Decisions {
  private final Ledger ledger;
  private final Scene scene;
  private final MassFailures mass;
  private final Decider decider;

  Decisions(Ledger ledger, Scene scene, MassFailures mass, Decider decider) {
    this.ledger = ledger;
    this.scene = scene;
    this.mass = mass;
    this.decider = decider;
  }

  List<Decision> of(List<Incident> incidents) {
    List<Decision> decided = new ArrayList<>();
    List<Incident> anew = new ArrayList<>();
    for (Incident incident : incidents) {
      decider.underWay(incident).ifPresentOrElse(decided::add, () -> anew.add(incident));
    }
    decided.addAll(mass.takeOut(anew, incidents));
    for (Incident incident : anew) {
      Decision decision = decider.decide(incident);
      decided.add(
          decision instanceof Decision.Propose && incident.controlPlane()
              ? busy(decided, incident)
                  .map(name -> Decider.later(decision, "one member at a time: " + name + " first"))
                  .orElse(decision)
              : decision);
    }
    return together(decided);
  }

  /** What comes to the same object is one thing, whatever led there. */
  private static List<Decision> together(List<Decision> decided) {
    Map<String, Decision> byTarget = new LinkedHashMap<>();
    decided.forEach(
        d ->
            byTarget.merge(
                d.act().target().toString(), d, (a, b) -> a.with(b.incident().findings())));
    return List.copyOf(byTarget.values());
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
