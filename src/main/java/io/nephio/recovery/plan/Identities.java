package io.nephio.recovery.plan;

import io.nephio.recovery.api.FailureClass;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.Owner;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Scene;
import java.util.Optional;

/** Makes the identities of incidents: which failing thing, of which owner, failing in which way. */
final class Identities {
  private static final String LEFT_OVERS = "LeftOvers";

  private Identities() {}

  static Identity of(Policy policy, Ledger ledger, Scene scene, Incident incident, Act act) {
    String fingerprint = fingerprint(policy, scene, incident);
    boolean leftOvers = LeftOvers.are(scene, incident.root());
    return Identity.of(
        fingerprint,
        lineage(scene, incident),
        ledger.nextAttempt(fingerprint),
        scene.cluster().ref(),
        leftOvers ? scene.cluster().object() : act.target());
  }

  static Identity mass(Policy policy, Scene scene, ObjectRef object) {
    return Identity.of(
        Identity.fingerprint(policy, scene.cluster(), Incidents.identity(object), "Mass"),
        Identity.lineage(scene.cluster(), object.toString(), "Mass"),
        1,
        scene.cluster().ref(),
        object);
  }

  static String fingerprint(Policy policy, Scene scene, Incident incident) {
    Finding root = incident.root();
    if (LeftOvers.are(scene, root)) {
      return Identity.fingerprint(policy, scene.cluster(), "", LEFT_OVERS);
    }
    return root.reason().gates() && incident.machine().isPresent()
        ? Identity.fingerprint(
            policy, scene.cluster(), Incidents.identity(incident.machine().get().ref()), kind(root))
        : fingerprint(policy, scene, root);
  }

  static String fingerprint(Policy policy, Scene scene, Finding finding) {
    return Identity.fingerprint(
        policy, scene.cluster(), Incidents.identity(scene, finding), kind(finding));
  }

  static String lineage(Scene scene, Incident incident) {
    if (LeftOvers.are(scene, incident.root())) {
      return Identity.lineage(scene.cluster(), "", LEFT_OVERS);
    }
    Optional<Owner> owner =
        incident.machine().flatMap(Machine::owner).or(() -> incident.root().owner());
    return Identity.lineage(
        scene.cluster(),
        owner
            .map(o -> o.kind() + "/" + o.namespace() + "/" + o.name())
            .orElse(incident.root().object().toString()),
        kind(incident.root()));
  }

  private static String kind(Finding finding) {
    return finding.reason().failureClass().map(FailureClass::name).orElse(finding.reason().name());
  }
}
