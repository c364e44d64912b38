package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.Crd;
import io.nephio.recovery.judge.Reason;
import io.nephio.recovery.judge.Scene;
import java.util.Optional;

/** What stands against applying a CRD again. */
final class CrdRules implements Rule {

  @Override
  public Optional<Objection> object(Scene scene, Incident incident, Act act) {
    Reason reason = incident.root().reason();
    if (reason != Reason.CrdMissing && reason != Reason.CrdNotEstablished) {
      return Optional.empty();
    }
    String name = incident.root().object().name();
    Optional<Crd> crd =
        scene.cluster().contents().crds().items().stream()
            .filter(c -> c.ref().name().equals(name))
            .findFirst();
    if (crd.flatMap(Crd::deletionRequested).isPresent()) {
      return Objection.never(
          "it is being deleted and waits for its instances: applied again now, the new one would go"
              + " with the old");
    }
    boolean conflict =
        crd.flatMap(c -> c.condition("NamesAccepted"))
            .filter(c -> c.status() == Status.False)
            .isPresent();
    return conflict
        ? Objection.never(
            incident.root().message()
                + ": another CRD holds its names; applying it changes nothing")
        : Optional.empty();
  }
}
