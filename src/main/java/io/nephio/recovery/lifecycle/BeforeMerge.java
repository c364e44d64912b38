package io.nephio.recovery.lifecycle;

import static io.nephio.recovery.record.Markdown.code;
import static io.nephio.recovery.record.Markdown.sentence;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Approval;
import io.nephio.recovery.plan.Review;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * While people may decide: Detected, Proposed, and Rejected for as long as it can be undone.
 *
 * <p>From the moment branch and commit are in the ledger, the pull request may exist and even be
 * merged, whatever the phase says: the operator may have died between the two.
 */
record BeforeMerge(Look look) {
  static final String REVERTED = "Reverted";
  private static final String ACTION_NONE = "ActionNone";
  private static final String WITHDRAWN = "Withdrawn";
  private static final Set<String> FINAL = Set.of(ACTION_NONE, REVERTED);

  Step proposal() {
    if (look.status().proposal() == null) {
      return unsent();
    }
    Pull pull = look.seen().pull();
    if (pull instanceof Pull.Merged merged) {
      return merged(merged);
    }
    if (pull instanceof Pull.Closed closed) {
      return withdrawal().orElseGet(() -> closed(closed));
    }
    if (pull instanceof Pull.Withdrawn withdrawn) {
      return withdrawal().orElseGet(() -> withdrawn(withdrawn.phase()));
    }
    return look.noted().orElseGet(() -> undecided(pull));
  }

  /** Reopening undoes a rejection, for as long as the proposal is valid. */
  Step rejected() {
    if (FINAL.contains(look.status().reason())) {
      return Look.settled();
    }
    Pull pull = look.seen().pull();
    if (pull instanceof Pull.Merged merged) {
      return merged(merged);
    }
    if (look.reached(look.spec().expiresAt())) {
      return Look.settled();
    }
    return pull instanceof Pull.Open
        ? new Step.Write(
            look.moves()
                .to(Phase.Proposed, "Reopened", "the pull request was reopened")
                .withHealthySince(null))
        : look.until(look.spec().expiresAt());
  }

  /** Nothing of it is outside the ledger, so no pull request can be its. */
  private Step unsent() {
    return look.noted()
        .or(this::withdrawal)
        .orElseGet(() -> look.failing() ? whenDue(new Step.Prepare()) : waiting());
  }

  private Step undecided(Pull pull) {
    if (pull instanceof Pull.Unreadable unreadable) {
      Instant last = look.spec().expiresAt().plus(look.spec().executeWithin().duration());
      if (look.reached(last)) {
        // Even a merge in time could no longer be begun.
        return over(Phase.Expired, "Unreadable", "not readable until " + last).orElseThrow();
      }
      return look.hold(
          "GitUnreachable", unreadable.text(), look.nextPoll(), look.spec().expiresAt());
    }
    if (pull instanceof Pull.Open open) {
      return open.held() ? open(open) : withdrawal().orElseGet(() -> open(open));
    }
    return pull instanceof Pull.Absent ? withdrawal().orElseGet(this::absent) : waiting();
  }

  private Step open(Pull.Open open) {
    if (look.status().phase() == Phase.Detected) {
      return whenDue(new Step.Publish(Optional.of(open)));
    }
    RemediationStatus calm = look.moves().unblocked().orElse(look.status());
    RemediationStatus known = new Moves(calm, look.at()).numbered(open.number(), open.url());
    return known.equals(look.status()) ? waiting() : new Step.Write(known);
  }

  private Step absent() {
    return look.failing() ? whenDue(new Step.Publish(Optional.empty())) : waiting();
  }

  /** What the Git server refused a moment ago is not sent again at once. */
  private Step whenDue(Step step) {
    Instant retryAt = look.status().retryAt();
    return retryAt == null || look.reached(retryAt) ? step : look.until(retryAt);
  }

  private Step waiting() {
    return look.healthy()
        ? look.until(look.stableAt(), look.spec().expiresAt())
        : look.until(look.spec().expiresAt());
  }

  /** Why this is no longer wanted, if so. That it ran out of time counts last: it is counted. */
  private Optional<Step> withdrawal() {
    if (look.seen().policyGone()) {
      return over(Phase.Superseded, "PolicyGone", "no policy asks for this any more");
    }
    if (look.seen().health() instanceof Health.Gone) {
      return over(Phase.Superseded, "TargetGone", "the object of this uid is no longer there");
    }
    if (look.seen().health() instanceof Health.WrongCluster wrong) {
      return over(Phase.Superseded, "WrongCluster", wrong.why());
    }
    if (look.stable()) {
      String since = "healthy again since " + look.status().healthySince();
      return over(Phase.Healed, "Healed", since + "; nothing was done");
    }
    Instant expiresAt = look.spec().expiresAt();
    return look.reached(expiresAt)
        ? over(Phase.Expired, "NotMerged", "not merged until " + expiresAt)
        : Optional.empty();
  }

  private Optional<Step> over(Phase phase, String reason, String message) {
    RemediationStatus next = look.moves().to(phase, reason, message);
    return Optional.of(
        next.proposal() == null
            ? new Step.Write(next)
            : new Step.Conclude(next, "Closed: " + sentence(message) + ".", true));
  }

  /** It was so when it was said, whatever is so now. */
  private Step withdrawn(Phase phase) {
    return over(phase, WITHDRAWN, "withdrawn before; the pull request tells why").orElseThrow();
  }

  private Step closed(Pull.Closed closed) {
    Instant until = look.snooze();
    String message = closed.by().isEmpty() ? "closed" : "closed by " + closed.by();
    return new Step.Conclude(
        look.moves().to(Phase.Rejected, "Closed", message).withSnoozedUntil(until),
        "Rejected (%s): proposed again after %s if it still fails. Reopen this to undo it."
            .formatted(sentence(message), until),
        false);
  }

  private Step merged(Pull.Merged merged) {
    Review review = merged.review();
    if (review instanceof Review.Edited edited) {
      return edited(edited);
    }
    if (review instanceof Review.Confirmed confirmed) {
      return merged.at().isAfter(confirmed.expiresAt())
          ? tooLate(confirmed.expiresAt())
          : approved(merged);
    }
    return nothingToDo(merged);
  }

  private Step edited(Review.Edited edited) {
    String message =
        "%s was %s, is %s".formatted(edited.field(), edited.proposed(), edited.merged());
    String comment =
        "Refused: %s was changed before the merge. Only `spec.action: None`, an earlier"
            + " `spec.expiresAt` and `spec.note` of the record may be. %s";
    return new Step.Conclude(
        look.moves().to(Phase.Refused, "EditedOutsideEnvelope", message),
        comment.formatted(code(edited.field()), look.nothingDone()),
        false);
  }

  private Step tooLate(Instant expiresAt) {
    return new Step.Conclude(
        look.moves().to(Phase.Expired, "MergedTooLate", "valid until " + expiresAt),
        "Expired: this was valid until %s and merged later. %s"
            .formatted(expiresAt, look.nothingDone()),
        false);
  }

  private Step nothingToDo(Pull.Merged merged) {
    return new Step.Conclude(
        look.moves()
            .to(Phase.Rejected, ACTION_NONE, "merged by " + merged.by() + " with action None")
            .withSnoozedUntil(look.snooze()),
        look.spec().edit() == null || look.spec().action() == Action.ReapplyCrd
            ? "Merged with action None: nothing is done."
            : "Merged with action None. " + look.nothingDone(),
        false);
  }

  private Step approved(Pull.Merged merged) {
    Instant executeBefore = merged.at().plus(look.spec().executeWithin().duration());
    return new Step.Write(
        look.moves()
            .to(Phase.Approved, "Merged", "merged by " + merged.by())
            .withHealthySince(null)
            .withApproval(new Approval(merged.by(), merged.at(), merged.commit(), executeBefore)));
  }
}
