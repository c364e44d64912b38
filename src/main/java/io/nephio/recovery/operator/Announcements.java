package io.nephio.recovery.operator;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.execute.Actions;
import io.nephio.recovery.lifecycle.Stretch;
import java.util.Objects;

/** What is told of a remediation: events, metrics, and whoever plans is woken. */
final class Announcements {
  private final Events events;
  private final Metrics metrics;
  private final Runnable wake;

  Announcements(Events events, Metrics metrics, Runnable wake) {
    this.events = events;
    this.metrics = metrics;
    this.wake = wake;
  }

  /** After the ledger was written. */
  void moved(Remediation before, RemediationStatus after) {
    Phase phase = after.phase();
    if (before.status().phase() != phase) {
      metrics.moved(before.spec(), phase);
      Stretch.ended(before.spec(), before.status(), after)
          .forEach(stretch -> metrics.took(before.spec(), stretch));
      boolean git = before.status().phase() == Phase.WaitingForSync;
      if (phase == Phase.Verifying && (git || seenLater(before.spec()))) {
        happened(before);
      }
      events.say(
          before, type(phase), phase.name(), "Move", after.reason() + ": " + after.message());
      wake.run();
      return;
    }
    Conditions.find(after.conditions(), "Blocked")
        .filter(
            now ->
                Conditions.find(before.status().conditions(), "Blocked")
                    .filter(old -> Objects.equals(old.getReason(), now.getReason()))
                    .isEmpty())
        .ifPresent(
            now ->
                events.say(before, Events.Type.Warning, now.getReason(), "Wait", now.getMessage()));
  }

  /** After the API server took it. */
  void acted(Remediation remediation) {
    if (!seenLater(remediation.spec())) {
      happened(remediation);
    }
  }

  /** What others carry out, or what takes many passes, has happened when the cluster shows it. */
  private static boolean seenLater(RemediationSpec spec) {
    return Actions.isMember(spec) || spec.action() == Action.DrainNode;
  }

  private void happened(Remediation remediation) {
    Deed deed = Deed.of(remediation.spec());
    metrics.acted(remediation.spec());
    events.say(
        remediation,
        Events.Type.Normal,
        deed.reason(),
        remediation.spec().action().name(),
        deed.text() + ", as merged");
  }

  /** After another controller was asked to do it. */
  void asked(Remediation remediation) {
    RemediationSpec.Owner owner = Objects.requireNonNull(remediation.spec().owner());
    events.say(
        remediation,
        Events.Type.Normal,
        "RemediationRequested",
        remediation.spec().action().name(),
        owner.kind()
            + " "
            + owner.name()
            + " is asked to replace Machine "
            + remediation.spec().target().name());
  }

  /** The ledger goes on; the pull request does not say so. */
  void unsaid(Remediation remediation, String why) {
    events.say(
        remediation,
        Events.Type.Warning,
        "NotCommented",
        "Comment",
        "no comment on its pull request: " + why);
  }

  /** A person has to delete it. */
  void branchLeft(Remediation remediation, String why) {
    events.say(remediation, Events.Type.Warning, "BranchLeft", "Delete", why);
  }

  /** Somebody else may still review it. */
  void notAsked(Remediation remediation, String why) {
    events.say(
        remediation,
        Events.Type.Warning,
        "PullRequestIncomplete",
        "Publish",
        "what could not be set on the pull request: " + why);
  }

  private static Events.Type type(Phase phase) {
    return switch (phase) {
      case Failed, Unknown, Refused, Expired -> Events.Type.Warning;
      default -> Events.Type.Normal;
    };
  }
}
