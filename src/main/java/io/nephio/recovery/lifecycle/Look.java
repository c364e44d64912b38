package io.nephio.recovery.lifecycle;

import static io.nephio.recovery.record.Markdown.code;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.plan.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** One look at a remediation, and the answers that are the same in every phase. */
record Look(LedgerEntry entry, Seen seen, Instant at) {
  static final String HELD = "the pull request carries the label recovery/hold";

  /** Longer than any retention; the ledger entry is only looked at again when it changes. */
  private static final Duration FOREVER = Duration.ofDays(365);

  /** A wait of less than this only burns a turn. */
  private static final Duration LEAST = Duration.ofSeconds(1);

  static Step settled() {
    return new Step.Wait(FOREVER);
  }

  RemediationSpec spec() {
    return entry.spec();
  }

  RemediationStatus status() {
    return entry.status();
  }

  Moves moves() {
    return new Moves(status(), at);
  }

  boolean reached(Instant deadline) {
    return !at.isBefore(deadline);
  }

  Instant nextPoll() {
    return at.plus(seen.pace().poll());
  }

  /** Until the next poll, or the earliest of these times that is still to come. */
  Step.Wait until(Instant... times) {
    Instant next = nextPoll();
    for (Instant time : times) {
      next = at.isBefore(time) && time.isBefore(next) ? time : next;
    }
    Duration again = Duration.between(at, next);
    return new Step.Wait(again.compareTo(LEAST) < 0 ? LEAST : again);
  }

  /** The ledger says why it cannot go on; it is looked at again no later than {@code deadline}. */
  Step hold(String reason, String message, Instant retryAt, Instant deadline) {
    Instant noted = status().retryAt();
    return moves()
        .blocked(reason, message, retryAt)
        .<Step>map(Step.Write::new)
        .orElseGet(() -> until(noted == null ? retryAt : noted, deadline));
  }

  /**
   * The last sentence of an end without an act, after a merge. An edit of the package that was
   * merged stays there, and whether a GitOps engine applies it is not ours to withhold. Of a CRD
   * nothing is edited.
   */
  String nothingDone() {
    RemediationSpec.Edit edit = spec().edit();
    return edit == null || spec().action() == Action.ReapplyCrd
        ? "Nothing was done."
        : ("The operator did nothing. Its edit of %s is merged, though, and takes effect wherever"
                + " a GitOps engine applies that: revert the merge if it should not.")
            .formatted(code(edit.path()));
  }

  /** Since when the target is healthy, or that it no longer is; empty if the ledger knows. */
  Optional<Step> noted() {
    boolean remembered = status().healthySince() != null;
    if (healthy() && !remembered) {
      return Optional.of(new Step.Write(status().withHealthySince(at)));
    }
    if (relapsed() && remembered) {
      return Optional.of(new Step.Write(status().withHealthySince(null)));
    }
    return Optional.empty();
  }

  boolean healthy() {
    return seen.health() instanceof Health.Healthy;
  }

  boolean failing() {
    return seen.health() instanceof Health.Failing;
  }

  /** Healthy now, and without a known break for as long as the record asks for. */
  boolean stable() {
    return healthy() && status().healthySince() != null && reached(stableAt());
  }

  /** When it has been healthy for long enough, if nothing breaks it. */
  Instant stableAt() {
    Instant since = status().healthySince();
    return (since == null ? at : since).plus(spec().stabilization().duration());
  }

  /** Why the merge does not count now, if so; it is waited for, no longer than until then. */
  Optional<Step> unconfirmed(RemediationStatus.Approval approval) {
    Pull pull = seen.pull();
    Instant deadline = approval.executeBefore();
    if (pull instanceof Pull.Unreadable unreadable) {
      return Optional.of(hold("GitUnreachable", unreadable.text(), nextPoll(), deadline));
    }
    if (!(pull instanceof Pull.Merged merged) || !merged.commit().equals(approval.mergeCommit())) {
      String text = "the Git server does not show the merge " + approval.mergeCommit();
      return Optional.of(hold("MergeNotSeen", text, nextPoll(), deadline));
    }
    return held() ? Optional.of(hold("Held", HELD, nextPoll(), deadline)) : Optional.empty();
  }

  boolean held() {
    return stands(Pull.Standing.HELD);
  }

  boolean reverted() {
    return stands(Pull.Standing.REVERTED);
  }

  private boolean stands(Pull.Standing standing) {
    return seen.pull() instanceof Pull.Merged merged && merged.standing() == standing;
  }

  /** Until when a no holds. */
  Instant snooze() {
    return at.plus(seen.pace().snooze()).truncatedTo(ChronoUnit.SECONDS);
  }

  /** A phase whose facts are missing: somebody else wrote the status. */
  Step corrupt(Phase phase, String missing) {
    String message = "the ledger says " + status().phase() + " but has no " + missing;
    return new Step.Conclude(
        moves().to(phase, "LedgerCorrupt", message),
        phase + ": " + message + ". A person must look.",
        false);
  }

  /** Not seen is not a relapse. */
  private boolean relapsed() {
    return failing() || seen.health() instanceof Health.Gone;
  }
}
