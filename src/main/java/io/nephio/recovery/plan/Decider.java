package io.nephio.recovery.plan;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Mode;
import io.nephio.recovery.facts.Elapsed;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.judge.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides one incident by itself: what could be done, and what stands against it. */
final class Decider {
  private final Policy policy;
  private final Ledger ledger;
  private final Instant at;

  Decider(Policy policy, Ledger ledger, Instant at) {
    this.policy = policy;
    this.ledger = ledger;
    this.at = at;
  }

  /** The remediation that is already under way for this incident keeps its action and name. */
  Optional<Decision> underWay(Incident incident) {
    return ledger.open(fingerprint(incident)).map(entry -> resume(incident, entry));
  }

  Decision decide(Incident incident, Breaker breaker) {
    Act act = act(incident);
    Identity id = identity(incident, act);
    Optional<String> manual = manual(incident).or(() -> exhausted(id));
    if (manual.isPresent()) {
      return new Decision.Manual(incident, id, Act.none(incident.root().object()), manual.get());
    }
    return defer(incident, id, act)
        .orElseGet(() -> new Decision.Propose(incident, id, act, why(incident, breaker)));
  }

  /** Why the operator never acts on this by itself, if so. */
  private static Optional<String> manual(Incident incident) {
    if (incident.root().reason().gates()) {
      return Optional.of(
          incident.root().message() + "; nothing under the cluster is judged until this is solved");
    }
    if (incident.machine().isEmpty()) {
      return Optional.of(
          "this Node has no Machine, so nothing would bring it back: look at the host, or delete"
              + " the Node if it is a left-over");
    }
    Machine machine = incident.machine().get();
    if (machine.controlPlane()) {
      return Optional.of(
          "a control-plane Machine: etcd quorum is not projected yet, so its replacement is not"
              + " proposed");
    }
    if (!machine.controller()) {
      return Optional.of("no controller owns this Machine, so a deleted one would not come back");
    }
    if (incident.root().reason() == Reason.MachineFailed && machine.node().isEmpty()) {
      return Optional.of(
          "this Machine never became a Node: a new one of the same template would fail alike; look"
              + " at template, image, quota and network");
    }
    return Optional.empty();
  }

  private Optional<String> exhausted(Identity id) {
    if (ledger.expired(id.fingerprint()) >= 2) {
      return Optional.of("two pull requests for this expired unmerged: no third one is opened");
    }
    int budget = policy.spec().retryBudget();
    long used = ledger.executions(id.lineage(), policy.spec().retryWindow().duration(), at);
    return used < budget
        ? Optional.empty()
        : Optional.of(
            used
                + " replacements in "
                + policy.spec().retryWindow().text()
                + " did not help: look at template, image, quota and network");
  }

  private Optional<Decision> defer(Incident incident, Identity id, Act act) {
    Machine machine = incident.machine().orElseThrow();
    if (machine.deleting()) {
      return Optional.of(later(incident, id, act, "the Machine is already being deleted"));
    }
    for (String hands : List.of(Machine.PAUSED, Machine.SKIP_REMEDIATION)) {
      if (machine.annotations().containsKey(hands)) {
        return Optional.of(later(incident, id, act, "the Machine is annotated " + hands));
      }
    }
    if (policy.spec().suspend()) {
      return Optional.of(later(incident, id, act, "policy " + policy + " is suspended"));
    }
    if (Approvals.mode(policy.spec(), incident.cluster(), act) == Mode.Observe) {
      return Optional.of(later(incident, id, act, "policy: Observe"));
    }
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
              return new Decision.Defer(incident, id, act, why, Optional.of(until));
            });
  }

  private static Decision later(Incident incident, Identity id, Act act, String why) {
    return new Decision.Defer(incident, id, act, why, Optional.empty());
  }

  private String why(Incident incident, Breaker breaker) {
    String owner =
        incident.machine().flatMap(Machine::owner).map(o -> o.kind() + " " + o.name()).orElse("-");
    return breaker.text() + "; " + owner + " makes a new one";
  }

  private Decision resume(Incident incident, LedgerEntry entry) {
    Act act = new Act(entry.spec().action(), Ledger.target(entry.spec()), incident.machine());
    return new Decision.Propose(incident, Identity.of(entry.spec()), act, entry.spec().why());
  }

  Identity identity(Incident incident, Act act) {
    String fingerprint = fingerprint(incident);
    return Identity.of(
        fingerprint,
        lineage(incident),
        ledger.nextAttempt(fingerprint),
        incident.cluster().ref(),
        act.target());
  }

  private static Act act(Incident incident) {
    if (incident.machine().isEmpty()) {
      return Act.none(incident.root().object());
    }
    Action action =
        incident.root().reason() == Reason.NodeNotReady
            ? Action.ReplaceNode
            : Action.ReplaceMachine;
    return new Act(action, incident.root().object(), incident.machine());
  }

  private String fingerprint(Incident incident) {
    return Identity.fingerprint(
        policy,
        incident.cluster(),
        Incidents.identity(incident.cluster(), incident.root()),
        kind(incident));
  }

  private static String lineage(Incident incident) {
    String owner =
        incident
            .machine()
            .flatMap(Machine::owner)
            .map(o -> o.kind() + "/" + o.namespace() + "/" + o.name())
            .orElse(incident.root().object().toString());
    return Identity.lineage(incident.cluster(), owner, kind(incident));
  }

  private static String kind(Incident incident) {
    Reason reason = incident.root().reason();
    return reason.failureClass().map(Enum::name).orElse(reason.name());
  }
}
