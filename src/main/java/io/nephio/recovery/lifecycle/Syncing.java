package io.nephio.recovery.lifecycle;

import static io.nephio.recovery.record.Markdown.sentence;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationStatus.Approval;
import io.nephio.recovery.api.RemediationStatus.Execution;
import io.nephio.recovery.api.RemediationStatus.Outcome;

/**
 * Git acts: an engine applies the package, so the merge itself was the act and nothing can be
 * withheld after it, whatever else is so. What is left to do is to wait for it, or to say what it
 * waits for.
 */
record Syncing(Look look) {

  /** Whether an engine, so far as can be told, has to apply what was merged. */
  static boolean isBegun(Sync sync) {
    return sync.by().isPresent();
  }

  Step begin(Approval approval) {
    return new Step.Write(
        look.moves()
            .to(Phase.WaitingForSync, "Merged", "the merge is the act: " + text())
            .withExecution(new Execution(approval.mergedAt(), null, null, false)));
  }

  Step next() {
    Approval approval = look.status().approval();
    Execution execution = look.status().execution();
    if (approval == null || execution == null) {
      return look.corrupt(Phase.Unknown, approval == null ? "approval" : "execution");
    }
    if (look.seen().sync() instanceof Sync.Applied) {
      return new Step.Write(
          look.moves()
              .to(Phase.Verifying, "Synced", text())
              .withHealthySince(null)
              .withExecution(finished(execution, Outcome.Done)));
    }
    if (look.reverted()) {
      return over("RejectedSafe", "the merge was reverted before it was applied", execution);
    }
    return look.reached(approval.executeBefore())
        ? over(
            "TimedOut", "not applied until " + approval.executeBefore() + ": " + text(), execution)
        : look.hold(reason(), text(), look.nextPoll(), approval.executeBefore());
  }

  /** Nobody can tell an engine to leave it. */
  private Step over(String reason, String message, Execution execution) {
    return new Step.Conclude(
        look.moves()
            .to(Phase.Failed, reason, message)
            .withExecution(finished(execution, Outcome.Unknown)),
        "Failed: merged, but " + sentence(message) + ". A person must look.",
        false);
  }

  private Execution finished(Execution execution, Outcome outcome) {
    return new Execution(execution.startedAt(), look.at(), outcome, false);
  }

  private String reason() {
    Sync sync = look.seen().sync();
    if (sync instanceof Sync.Failing) {
      return "SyncFailing";
    }
    return sync instanceof Sync.Unreadable ? "SyncUnseen" : "NotSynced";
  }

  private String text() {
    Sync sync = look.seen().sync();
    if (sync instanceof Sync.Applied applied) {
      return applied.who() + " has applied it";
    }
    if (sync instanceof Sync.Pending pending) {
      return pending.who() + " " + pending.text();
    }
    if (sync instanceof Sync.Failing failing) {
      return failing.who() + ": " + failing.text();
    }
    return sync instanceof Sync.Unreadable unreadable
        ? unreadable.why()
        : "no engine applies the package any more";
  }
}
