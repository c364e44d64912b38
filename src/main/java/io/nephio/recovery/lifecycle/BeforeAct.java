package io.nephio.recovery.lifecycle;

import static io.nephio.recovery.record.Markdown.sentence;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Approval;
import io.nephio.recovery.api.RemediationStatus.Execution;
import io.nephio.recovery.plan.Review;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Approved: everything is asked again, and only if all of it still holds the act is begun.
 *
 * <p>A receipt is asked for first. In this phase nothing was begun as far as the ledger knows, so
 * any receipt, even one of this operator, means that the ledger forgot something.
 */
record BeforeAct(Look look) {
  Step next() {
    Approval approval = look.status().approval();
    return approval == null
        ? look.corrupt(Phase.Refused, "approval")
        : withdrawn(look.seen())
            .or(() -> merge(look.seen(), approval))
            .or(() -> end(look.seen(), approval))
            .or(look::noted)
            .orElseGet(() -> begin(look.seen(), approval));
  }

  /** Where an engine applies the package, it has begun already. */
  private Optional<Step> merge(Seen seen, Approval approval) {
    if (seen.sync() instanceof Sync.Unreadable unreadable
        && !look.reached(approval.executeBefore())) {
      return Optional.of(
          look.hold("TargetUnseen", unreadable.why(), look.nextPoll(), approval.executeBefore()));
    }
    return Syncing.isBegun(seen.sync())
        ? Optional.of(new Syncing(look).begin(approval))
        : Optional.empty();
  }

  /** What was approved no longer is, or is over. */
  private Optional<Step> withdrawn(Seen seen) {
    if (seen.receipt() instanceof Receipt.Taken taken) {
      return receipt("by " + taken.by());
    }
    if (seen.receipt() instanceof Receipt.Ours) {
      return receipt("of our own");
    }
    if (look.reverted()) {
      return reverted();
    }
    if (seen.pull() instanceof Pull.Merged merged
        && merged.review() instanceof Review.Edited edited) {
      return nothing(Phase.Refused, "EditedOutsideEnvelope", edited.field() + " was changed");
    }
    return Optional.empty();
  }

  private Optional<Step> end(Seen seen, Approval approval) {
    if (seen.policyGone()) {
      return nothing(Phase.Superseded, "PolicyGone", "no policy asks for this any more");
    }
    if (seen.health() instanceof Health.WrongCluster wrong) {
      return nothing(Phase.Refused, "WrongCluster", wrong.why());
    }
    if (seen.health() instanceof Health.Gone) {
      return nothing(Phase.Superseded, "TargetGone", "the object of this uid is no longer there");
    }
    if (look.stable()) {
      String since = "healthy again since " + look.status().healthySince();
      return nothing(Phase.Superseded, "Healed", since);
    }
    return look.reached(approval.executeBefore()) ? expired(approval) : Optional.empty();
  }

  private Step begin(Seen seen, Approval approval) {
    Instant deadline = approval.executeBefore();
    if (look.healthy()) {
      return look.hold(
          "TargetHealthy", "healthy again; given up if it stays so", look.stableAt(), deadline);
    }
    if (seen.health() instanceof Health.Unseen unseen) {
      return look.hold("TargetUnseen", unseen.why(), look.nextPoll(), deadline);
    }
    if (seen.receipt() instanceof Receipt.Unreadable unreadable) {
      return look.hold("GitUnreachable", unreadable.text(), look.nextPoll(), deadline);
    }
    return look.unconfirmed(approval).orElseGet(() -> whenFree(seen, approval));
  }

  private Step whenFree(Seen seen, Approval approval) {
    if (!(seen.gate() instanceof Gate.Blocked blocked)) {
      return start();
    }
    return blocked.slot()
        ? turn(approval, blocked)
        : look.hold(
            blocked.reason(), blocked.message(), blocked.retryAt(), approval.executeBefore());
  }

  private Step start() {
    return new Step.Write(
        look.moves()
            .to(Phase.Executing, "Started", "acting on " + look.spec().target().name())
            .withExecution(new Execution(look.at(), null, null, false)));
  }

  /** Waiting for others of ours costs no time of its own, up to the proposal's expiry. */
  private Step turn(Approval approval, Gate.Blocked blocked) {
    RemediationStatus held =
        look.moves()
            .blocked(blocked.reason(), blocked.message(), blocked.retryAt())
            .orElse(look.status());
    RemediationStatus next = held.withApproval(extended(approval));
    // Half of what is left, so that the time cannot run out between two looks.
    Duration half = Duration.between(look.at(), approval.executeBefore()).dividedBy(2);
    return next.equals(look.status())
        ? look.until(look.at().plus(half), blocked.retryAt())
        : new Step.Write(next);
  }

  private Approval extended(Approval approval) {
    Duration within = look.spec().executeWithin().duration();
    Instant longer = earlier(look.at().plus(within), validUntil());
    boolean soon = look.reached(approval.executeBefore().minus(within.dividedBy(2)));
    return soon && longer.isAfter(approval.executeBefore())
        ? new Approval(approval.mergedBy(), approval.mergedAt(), approval.mergeCommit(), longer)
        : approval;
  }

  /** A reviewer may have set an earlier expiry than the ledger's. */
  private Instant validUntil() {
    Instant expiresAt = look.spec().expiresAt();
    return look.seen().pull() instanceof Pull.Merged merged
            && merged.review() instanceof Review.Confirmed confirmed
        ? earlier(confirmed.expiresAt(), expiresAt)
        : expiresAt;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private Optional<Step> receipt(String whose) {
    String message = "the merge commit already carries a receipt " + whose;
    return Optional.of(
        new Step.Conclude(
            look.moves().to(Phase.Refused, "ReceiptExists", message),
            "Refused: " + sentence(message) + ". Nothing more is done.",
            false));
  }

  /** As good as a pull request that was closed, but there is none left to reopen. */
  private Optional<Step> reverted() {
    return Optional.of(
        new Step.Conclude(
            look.moves()
                .to(Phase.Rejected, BeforeMerge.REVERTED, "the merge was reverted before the start")
                .withSnoozedUntil(look.snooze()),
            "Rejected: the merge was reverted before the start. Nothing was done.",
            false));
  }

  private Optional<Step> expired(Approval approval) {
    String last = look.moves().blocking().map(c -> " (" + c.getReason() + ")").orElse("");
    return nothing(
        Phase.Expired,
        "NotStarted",
        "could not be started until " + approval.executeBefore() + last);
  }

  private Optional<Step> nothing(Phase phase, String reason, String message) {
    return Optional.of(
        new Step.Conclude(
            look.moves().to(phase, reason, message),
            phase + ": " + sentence(message) + ". " + look.nothingDone(),
            false));
  }
}
