package io.nephio.recovery.operator;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
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

  /** After the API server took the deletion. */
  void acted(Remediation remediation) {
    RemediationSpec spec = remediation.spec();
    metrics.acted(spec);
    RemediationSpec.MachineRef machine = Objects.requireNonNull(spec.machine());
    String cordoned =
        spec.action() == Action.ReplaceNode ? "Node " + spec.target().name() + " cordoned, " : "";
    events.say(
        remediation,
        Events.Type.Normal,
        "MachineDeleted",
        spec.action().name(),
        cordoned
            + "Machine "
            + machine.namespace()
            + "/"
            + machine.name()
            + " (uid "
            + machine.uid()
            + ") deleted, as merged");
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

  /** Somebody else may still review it. */
  void notAsked(Remediation remediation, String why) {
    events.say(
        remediation,
        Events.Type.Warning,
        "ReviewNotRequested",
        "Publish",
        "not everybody could be asked for a review: " + why);
  }

  private static Events.Type type(Phase phase) {
    return switch (phase) {
      case Failed, Unknown, Refused, Expired -> Events.Type.Warning;
      default -> Events.Type.Normal;
    };
  }
}
