package io.nephio.recovery.plan;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Mode;
import io.nephio.recovery.facts.Elapsed;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
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
  private final Policy policy;
  private final Ledger ledger;
  private final Scene scene;
  private final Breakers breakers;
  private final Escalation escalation;
  private final Budget budget;
  private final List<Rule> rules;
  private final ManifestRule manifests;
  private final Instant at;

  Decider(
      Policy policy,
      Ledger ledger,
      Around around,
      Scene scene,
      Breakers breakers,
      Collection<Finding> findings) {
    this.manifests = new ManifestRule(around.packages());
    this.policy = policy;
    this.ledger = ledger;
    this.scene = scene;
    this.breakers = breakers;
    this.escalation = new Escalation(scene, ledger, findings);
    this.budget = new Budget(ledger, scene.policy(), scene.at());
    this.at = scene.at();
    this.rules = rules(around.home());
  }

  private static List<Rule> rules(Home home) {
    return List.of(
        new LeftOvers(),
        new ControlPlaneRules(),
        new MachineRules(),
        new NodeRules(),
        new PodRules(),
        new WorkloadRules(),
        new CrdRules(),
        new Protection(home),
        new OtherHands());
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

  private Decision resume(Incident incident, LedgerEntry entry) {
    Action action = entry.spec().action();
    boolean replaces = action == Action.ReplaceMachine || action == Action.ReplaceNode;
    Optional<Machine> machine = replaces ? named(entry).or(incident::machine) : Optional.empty();
    Act act = new Act(action, Ledger.target(entry.spec()), machine);
    return new Decision.Propose(incident, Identity.of(entry.spec()), act, entry.spec().why());
  }

  private Optional<Machine> named(LedgerEntry entry) {
    return Optional.ofNullable(entry.spec().machine())
        .flatMap(
            ref ->
                scene.cluster().machines().stream()
                    .filter(
                        m -> m.ref().uid().equals(ref.uid()) && m.ref().name().equals(ref.name()))
                    .findFirst());
  }

  Decision decide(Incident incident) {
    String fingerprint = Identities.fingerprint(policy, scene, incident);
    Escalation.Next next = escalation.of(incident, fingerprint);
    Act act = next.act();
    Identity id = Identities.of(policy, ledger, scene, incident, act);
    List<Objection> objections =
        Stream.of(
                gates(incident).stream(),
                rules.stream().flatMap(r -> r.object(scene, incident, act).stream()),
                manifests.object(scene, incident, act).stream(),
                storm(incident).stream(),
                expired(id).stream(),
                budget.object(id, incident.root()).stream(),
                nothing(incident, act).stream(),
                waits(incident, id, act))
            .flatMap(s -> s)
            .toList();
    Optional<Objection> never =
        objections.stream().filter(Objection.Never.class::isInstance).findFirst();
    if (never.isPresent()) {
      return manual(incident, act, next.why() + never.get().why());
    }
    return objections.isEmpty()
        ? propose(incident, id, next)
        : later(incident, id, act, objections.get(0));
  }

  private Decision propose(Incident incident, Identity id, Escalation.Next next) {
    budget.set(id);
    String before = next.why().isEmpty() ? "" : next.why() + "; ";
    String used = budget.text(id).map(t -> "; " + t).orElse("");
    String rule =
        Approvals.matched(policy.spec(), scene.cluster(), next.act(), machine(incident, next.act()))
            .map(m -> "; " + m.text())
            .orElse("");
    String why = Why.text(scene, incident, next.act(), breakers.cluster());
    return new Decision.Propose(incident, id, next.act(), before + why + used + rule);
  }

  private static Optional<Machine> machine(Incident incident, Act act) {
    return act.machine().or(incident::machine);
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

  /** The same, put off. */
  static Decision later(Decision of, String why) {
    return new Decision.Defer(of.incident(), of.id(), of.act(), why, Optional.empty());
  }

  /** What the rules say against an act, whoever asks and whenever. */
  static Optional<String> objection(Home home, Scene scene, Incident incident, Act act) {
    return rules(home).stream()
        .flatMap(r -> r.object(scene, incident, act).stream())
        .map(Objection::why)
        .findFirst();
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

  /** An unhealthy control plane is not folded into a mass failure, so it is asked here. */
  private Optional<Objection> storm(Incident incident) {
    if (!incident.controlPlane()) {
      return Optional.empty();
    }
    return breakers
        .opened(incident.machine().get())
        .flatMap(text -> Objection.never(text + ": too many at once for one cause"));
  }

  private static Optional<Objection> nothing(Incident incident, Act act) {
    return act.action() == Action.None
        ? Objection.never(incident.root().message() + ": a person must look")
        : Optional.empty();
  }

  private Optional<Objection> expired(Identity id) {
    long expired = ledger.expired(id.fingerprint());
    return expired < 2
        ? Optional.empty()
        : Objection.never(
            expired + " pull requests for this expired unmerged: no further one is opened");
  }

  private Stream<Objection> waits(Incident incident, Identity id, Act act) {
    return Stream.of(
            incident
                .gate()
                .map(
                    g ->
                        new Objection.Later(
                            (g.reason().gates() ? "" : g.object() + ": ")
                                + g.message()
                                + ": decided when that is settled",
                            Optional.of(g.due()))),
            policy.spec().suspend()
                ? Objection.later("policy " + policy + " is suspended")
                : Optional.<Objection>empty(),
            Approvals.matched(policy.spec(), scene.cluster(), act, machine(incident, act))
                .filter(m -> m.mode() == Mode.Observe)
                .map(m -> new Objection.Later("policy: " + m.text(), Optional.empty())),
            ledger
                .openOn(scene.cluster().ref(), act)
                .flatMap(e -> Objection.later(e.name() + " is open for the same object")),
            cooldown(incident, act),
            snooze(id))
        .flatMap(Optional::stream);
  }

  private Optional<Objection> cooldown(Incident incident, Act act) {
    if (breakers.cluster().open()) {
      return Objection.later(breakers.cluster().text() + ": nothing is proposed meanwhile");
    }
    return breakers
        .cooldown(machine(incident, act))
        .map(
            until ->
                new Objection.Later(
                    "too many failed at once until "
                        + Elapsed.text(
                            scene
                                .policy()
                                .stormCooldown()
                                .duration()
                                .minus(Duration.between(at, until)))
                        + " ago; stormCooldown "
                        + scene.policy().stormCooldown()
                        + " lasts until "
                        + until,
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
}
