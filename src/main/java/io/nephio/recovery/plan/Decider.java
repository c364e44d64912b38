package io.nephio.recovery.plan;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.facts.Elapsed;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides one incident by itself: what could be done, and what stands against it.
 *
 * <p>What forbids an act for good is asked before what puts it off, so that nobody waits for what
 * will never come.
 */
final class Decider {
  private static final List<Rule> RULES =
      List.of(
          new ControlPlaneRules(),
          new MachineRules(),
          new NodeRules(),
          new PodRules(),
          new WorkloadRules(),
          new CrdRules(),
          new Protection(),
          new OtherHands());

  private final Policy policy;
  private final Ledger ledger;
  private final Scene scene;
  private final Breakers breakers;
  private final ManifestRule manifests;
  private final Instant at;

  Decider(Policy policy, Ledger ledger, Scene scene, Breakers breakers, Restorable packages) {
    this.manifests = new ManifestRule(packages);
    this.policy = policy;
    this.ledger = ledger;
    this.scene = scene;
    this.breakers = breakers;
    this.at = scene.at();
  }

  /** The remediation that is already under way for this incident keeps its action and name. */
  Optional<Decision> underWay(Incident incident) {
    return Stream.concat(
            Stream.of(Identities.fingerprint(policy, scene, incident)),
            incident.symptoms().stream()
                .filter(f -> f.reason().failureClass().isPresent() && !f.reason().gates())
                .filter(f -> same(incident, f))
                .map(f -> Identities.fingerprint(policy, scene, f)))
        .distinct()
        .flatMap(f -> ledger.open(f).stream())
        .findFirst()
        .map(entry -> resume(incident, entry));
  }

  /** Of the same thing; a symptom elsewhere may have a remediation of its own. */
  private boolean same(Incident incident, Finding finding) {
    Finding root = incident.root();
    return Incidents.identity(scene, finding).equals(Incidents.identity(scene, root))
        || (root.owner().isPresent()
            && root.owner().equals(finding.owner())
            && (root.reason().ofPod() || finding.reason().ofPod()));
  }

  Decision decide(Incident incident) {
    Act act = Remedy.of(incident);
    Identity id = Identities.of(policy, ledger, scene, incident, act);
    List<Objection> objections =
        Stream.of(
                gates(incident).stream(),
                RULES.stream().flatMap(r -> r.object(scene, incident, act).stream()),
                manifests.object(scene, incident, act).stream(),
                storm(incident).stream(),
                exhausted(id).stream(),
                nothing(incident, act).stream(),
                waits(incident, id, act))
            .flatMap(s -> s)
            .toList();
    Optional<Objection> never =
        objections.stream().filter(Objection.Never.class::isInstance).findFirst();
    if (never.isPresent()) {
      return manual(incident, act, never.get().why());
    }
    return objections.isEmpty()
        ? new Decision.Propose(
            incident, id, act, Why.text(scene, incident, act, breakers.cluster()))
        : later(incident, id, act, objections.get(0));
  }

  private Decision manual(Incident incident, Act act, String why) {
    ObjectRef target =
        incident.controlPlane() && incident.root().reason().ofMachine()
            ? act.target()
            : incident.root().object();
    Act none = Act.none(target);
    return new Decision.Manual(
        incident, Identities.of(policy, ledger, scene, incident, none), none, why);
  }

  private static Decision later(Incident incident, Identity id, Act act, Objection objection) {
    Optional<Instant> retryAt =
        objection instanceof Objection.Later l ? l.retryAt() : Optional.empty();
    return new Decision.Defer(incident, id, act, objection.why(), retryAt);
  }

  Decision later(Incident incident, String why) {
    Act act = Remedy.of(incident);
    Identity id = Identities.of(policy, ledger, scene, incident, act);
    return later(incident, id, act, new Objection.Later(why, Optional.empty()));
  }

  private static Optional<Objection> gates(Incident incident) {
    boolean whole =
        incident.root().reason().gates() && incident.root().reason().failureClass().isEmpty();
    return whole
        ? Objection.never(
            incident.root().message()
                + "; nothing under the cluster is judged until this is solved")
        : Optional.empty();
  }

  /** A member of the control plane is not folded into a mass failure, so it is asked here. */
  private Optional<Objection> storm(Incident incident) {
    if (!incident.controlPlane() || !breakers.cluster().open()) {
      return Optional.empty();
    }
    return Objection.never(breakers.cluster().text() + ": too many at once for one cause");
  }

  private static Optional<Objection> nothing(Incident incident, Act act) {
    return act.action() == Action.None
        ? Objection.never(incident.root().message() + ": a person must look")
        : Optional.empty();
  }

  private Optional<Objection> exhausted(Identity id) {
    if (ledger.expired(id.fingerprint()) >= 2) {
      return Objection.never("two pull requests for this expired unmerged: no third one is opened");
    }
    int budget = policy.spec().retryBudget();
    long used = ledger.executions(id.lineage(), policy.spec().retryWindow().duration(), at);
    return used < budget
        ? Optional.empty()
        : Objection.never(
            used
                + " replacements in "
                + policy.spec().retryWindow().text()
                + " did not help: look at template, image, quota and network");
  }

  private Stream<Objection> waits(Incident incident, Identity id, Act act) {
    return Stream.of(
            incident
                .gate()
                .map(
                    g ->
                        new Objection.Later(
                            g.message() + ": decided when that is settled", Optional.of(g.due()))),
            policy.spec().suspend()
                ? Objection.later("policy " + policy + " is suspended")
                : Optional.<Objection>empty(),
            Approvals.observed(policy.spec(), scene.cluster(), act)
                .map(why -> new Objection.Later(why, Optional.empty())),
            cooldown(incident),
            snooze(id))
        .flatMap(Optional::stream);
  }

  private Optional<Objection> cooldown(Incident incident) {
    if (breakers.cluster().open() && !incident.controlPlane()) {
      return Objection.later(breakers.cluster().text() + ": nothing is proposed meanwhile");
    }
    return breakers
        .cooldown(incident.machine())
        .map(
            until ->
                new Objection.Later(
                    "many failed at once a short time ago; nothing is proposed before " + until,
                    Optional.of(until)));
  }

  private Optional<Objection> snooze(Identity id) {
    return ledger
        .snoozing(id.lineage(), at)
        .map(
            rejected -> {
              Instant until = Ledger.snoozedUntil(rejected);
              String why =
                  "rejected as "
                      + rejected.name()
                      + "; proposed again in "
                      + Elapsed.text(Duration.between(at, until))
                      + " if still failing";
              return new Objection.Later(why, Optional.of(until));
            });
  }

  private static Decision resume(Incident incident, LedgerEntry entry) {
    Act act = new Act(entry.spec().action(), Ledger.target(entry.spec()), incident.machine());
    return new Decision.Propose(incident, Identity.of(entry.spec()), act, entry.spec().why());
  }

  /** Too much fails at once for one Machine to be the cause: one entry, for a person. */
  Decision mass(List<Incident> incidents, ObjectRef object, String why) {
    List<Finding> findings = incidents.stream().flatMap(i -> i.findings().stream()).toList();
    Incident mass =
        new Incident(
            scene.cluster(),
            findings.get(0),
            findings.subList(1, findings.size()),
            Optional.empty());
    Act none = Act.none(object);
    return new Decision.Manual(
        mass,
        Identities.mass(policy, scene, object),
        none,
        why + ": too many at once for one cause in a Machine; nothing is proposed");
  }
}
