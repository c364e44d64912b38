package io.nephio.recovery.lifecycle;

import static io.nephio.recovery.record.Markdown.sentence;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Approval;
import io.nephio.recovery.api.RemediationStatus.Execution;
import io.nephio.recovery.api.RemediationStatus.Outcome;
import io.nephio.recovery.facts.Elapsed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Executing and Verifying: the act may have happened, and only evidence tells.
 *
 * <p>The act is done again only on evidence that it did not happen, and on the same conditions as
 * the first time; but not for want of a slot, for it holds one itself.
 */
record AfterStart(Look look) {
  Step executing() {
    Approval approval = look.status().approval();
    Execution execution = look.status().execution();
    if (approval == null || execution == null) {
      return look.corrupt(Phase.Unknown, approval == null ? "approval" : "execution");
    }
    Progress progress = look.seen().progress();
    boolean relieved = progress instanceof Progress.Partly && look.healthy();
    if (progress instanceof Progress.Happened || relieved) {
      return new Step.Write(
          look.moves()
              .to(
                  Phase.Verifying,
                  "Done",
                  "waiting for what takes its place to be healthy for "
                      + look.spec().stabilization())
              .withHealthySince(null)
              .withExecution(finished(look, execution, Outcome.Done)));
    }
    if (progress instanceof Progress.Unreadable unreadable) {
      return look.reached(approval.executeBefore())
          ? unknown(execution, unreadable.why())
          : look.hold(
              "TargetUnreadable", unreadable.why(), look.nextPoll(), approval.executeBefore());
    }
    Instant deadline = deadline(progress, approval, execution);
    return stopped()
        .or(() -> notDone(look.seen(), deadline))
        .map(notDone -> notDone.conclude(look, execution))
        .orElseGet(() -> again(look.seen(), approval, deadline));
  }

  /** What goes on for a while has a time of its own, as long as the one in which to begin. */
  private Instant deadline(Progress progress, Approval approval, Execution execution) {
    return progress instanceof Progress.Partly
        ? execution.startedAt().plus(look.spec().executeWithin().duration())
        : approval.executeBefore();
  }

  /** What has begun ends when it may not go on; it does not wait half-way. */
  private Optional<NotDone> stopped() {
    Seen seen = look.seen();
    if (seen.progress() instanceof Progress.Stopped stopped) {
      return NotDone.failed("RejectedSafe", stopped.why());
    }
    if (look.reverted()) {
      return NotDone.failed("RejectedSafe", "the merge was reverted");
    }
    boolean begun =
        seen.progress() instanceof Progress.Partly || seen.progress() instanceof Progress.Asked;
    if (begun && look.held()) {
      return NotDone.failed("RejectedSafe", Look.HELD);
    }
    return begun && seen.gate() instanceof Gate.Blocked blocked && !blocked.slot()
        ? NotDone.failed("RejectedSafe", blocked.message())
        : Optional.empty();
  }

  /** Why it is not to be tried again, if so. */
  private Optional<NotDone> notDone(Seen seen, Instant executeBefore) {
    if (seen.receipt() instanceof Receipt.Taken taken) {
      return NotDone.refused(
          "ReceiptExists", "the merge commit carries a receipt by " + taken.by());
    }
    if (seen.health() instanceof Health.WrongCluster wrong) {
      return NotDone.refused("WrongCluster", wrong.why());
    }
    if (look.reached(executeBefore)) {
      return NotDone.failed("TimedOut", "could not be done until " + executeBefore);
    }
    if (seen.policyGone()) {
      return NotDone.failed("RejectedSafe", "no policy asks for this any more");
    }
    return look.healthy()
        ? NotDone.failed("RejectedSafe", "healthy again before the act")
        : Optional.empty();
  }

  private Step again(Seen seen, Approval approval, Instant executeBefore) {
    if (seen.receipt() instanceof Receipt.Unreadable unreadable) {
      return look.hold("GitUnreachable", unreadable.text(), look.nextPoll(), executeBefore);
    }
    if (seen.health() instanceof Health.Unseen unseen) {
      return look.hold("TargetUnseen", unseen.why(), look.nextPoll(), executeBefore);
    }
    if (seen.gate() instanceof Gate.Blocked blocked && !blocked.slot()) {
      return look.hold(blocked.reason(), blocked.message(), blocked.retryAt(), executeBefore);
    }
    return look.unconfirmed(approval)
        .orElseGet(() -> look.failing() ? new Step.Act() : look.until(executeBefore));
  }

  private Step unknown(Execution execution, String why) {
    return new Step.Conclude(
        look.moves()
            .to(Phase.Unknown, "TargetUnreadable", why)
            .withExecution(finished(look, execution, Outcome.Unknown)),
        "Unknown: whether it was done cannot be read. A person must look.",
        false);
  }

  private static Execution finished(Look look, Execution execution, Outcome outcome) {
    return new Execution(execution.startedAt(), look.at(), outcome, execution.cordoned());
  }

  Step verifying() {
    Execution execution = look.status().execution();
    if (execution == null) {
      return look.corrupt(Phase.Unknown, "execution");
    }
    Health health = look.seen().health();
    if (health instanceof Health.Unseen unseen) {
      return look.hold("TargetUnseen", unseen.why(), look.nextPoll(), look.nextPoll());
    }
    if (health instanceof Health.WrongCluster wrong) {
      return look.hold("WrongCluster", wrong.why(), look.nextPoll(), look.nextPoll());
    }
    return look.noted()
        .or(() -> look.moves().unblocked().map(Step.Write::new))
        .orElseGet(() -> look.healthy() ? healthy(execution) : unhealthy(execution));
  }

  /** What is no longer there cannot help any more. */
  private Step drifted(String why) {
    return new Step.Conclude(
        look.moves().to(Phase.Failed, "Drifted", why),
        "Failed: %s was carried out, but %s.".formatted(look.spec().action(), sentence(why)),
        false);
  }

  private Step healthy(Execution execution) {
    if (!look.stable()) {
      return look.until(look.stableAt());
    }
    String took = Elapsed.text(Duration.between(execution.startedAt(), look.at()));
    return new Step.Conclude(
        look.moves().to(Phase.Succeeded, "Healthy", "healed, took " + took),
        "Healed: healthy for %s, %s after the start.".formatted(look.spec().stabilization(), took),
        false);
  }

  private Step unhealthy(Execution execution) {
    if (look.seen().progress() instanceof Progress.Stopped stopped) {
      return drifted(stopped.why());
    }
    Instant done = execution.finishedAt();
    Duration verify = look.seen().pace().verify();
    Instant deadline = (done == null ? execution.startedAt() : done).plus(verify);
    if (!look.reached(deadline)) {
      return look.until(deadline);
    }
    String message = "nothing healthy took its place within " + Elapsed.text(verify);
    return new Step.Conclude(
        look.moves().to(Phase.Failed, "NotEffective", message),
        "Failed: %s was carried out, but %s. Look at template, image, quota and network."
            .formatted(look.spec().action(), message),
        false);
  }

  /** An end without the act. */
  private record NotDone(Phase phase, String reason, String message, Outcome outcome) {
    static Optional<NotDone> refused(String reason, String message) {
      return Optional.of(new NotDone(Phase.Refused, reason, message, Outcome.Refused));
    }

    static Optional<NotDone> failed(String reason, String message) {
      return Optional.of(new NotDone(Phase.Failed, reason, message, Outcome.RejectedSafe));
    }

    Step conclude(Look look, Execution execution) {
      RemediationStatus next = look.moves().to(phase, reason, message);
      return new Step.Conclude(
          next.withExecution(finished(look, execution, outcome)),
          phase + ": " + sentence(message) + ". " + done(look),
          false);
    }

    private static String done(Look look) {
      Progress progress = look.seen().progress();
      if (progress instanceof Progress.Partly partly) {
        return "Stopped half-way: " + sentence(partly.left()) + ".";
      }
      if (progress instanceof Progress.Stopped) {
        // Whether anything had begun by then, only the cluster shows.
        return "Nothing more is done.";
      }
      return progress instanceof Progress.Asked asked
          ? "The request was withdrawn; the last answer was: " + sentence(asked.answer()) + "."
          : look.nothingDone();
    }
  }
}
