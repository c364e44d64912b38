package io.nephio.recovery.operator;

import io.nephio.recovery.api.RemediationStatus.Approval;
import io.nephio.recovery.api.RemediationStatus.Execution;
import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.gitea.Answer;
import io.nephio.recovery.gitea.Statuses;
import io.nephio.recovery.gitea.Statuses.Status;
import io.nephio.recovery.lifecycle.Receipt;
import io.nephio.recovery.plan.LedgerEntry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * That an approval was taken, written down outside the cluster: a commit status on the merge
 * commit.
 *
 * <p>It outlives a ledger that is lost or restored from a backup. Statuses only grow and have no
 * lock, so to take one is to post and read again: the lowest id of the context holds it.
 */
final class Receipts {
  private final Statuses statuses;
  private final LedgerEntry entry;
  private final String repository;
  private final String commit;

  Receipts(Forge forge, LedgerEntry entry) {
    Proposal proposal = Objects.requireNonNull(entry.status().proposal(), "it was proposed");
    Approval approval = Objects.requireNonNull(entry.status().approval(), "it was approved");
    this.statuses = forge.gitea().statuses();
    this.entry = entry;
    this.repository = proposal.repository();
    this.commit = approval.mergeCommit();
  }

  Receipt look() {
    Answer<List<Status>> answer = statuses.list(repository, commit);
    if (!(answer instanceof Answer.Ok<List<Status>> ok)) {
      return new Receipt.Unreadable(Answers.text(answer));
    }
    Optional<Status> first =
        ok.value().stream().filter(s -> s.context().equals(context())).findFirst();
    if (first.isEmpty()) {
      return new Receipt.None();
    }
    return first.get().description().equals(description())
        ? new Receipt.Ours()
        : new Receipt.Taken(first.get().creator() + ": " + first.get().description());
  }

  /** Takes it if nobody has; afterwards it is somebody's, or unreadable. */
  Receipt claim() {
    Receipt before = look();
    if (!(before instanceof Receipt.None)) {
      return before;
    }
    Answer<Status> posted = statuses.post(repository, commit, context(), "pending", description());
    if (posted instanceof Answer.Refused<Status> refused) {
      return new Receipt.Unreadable(refused.text());
    }
    Receipt after = look();
    return after instanceof Receipt.None
        ? new Receipt.Unreadable("it was not kept: " + Answers.text(posted))
        : after;
  }

  /** Says on the commit how it ended; for people, nothing depends on it. */
  void used(String outcome) {
    var unused = statuses.post(repository, commit, context(), "success", outcome);
  }

  private String context() {
    return "recovery/" + entry.name();
  }

  /** The same after a restart, and another in a ledger that was restored from before. */
  private String description() {
    Execution execution = entry.status().execution();
    return "taken for the execution begun at " + (execution == null ? "-" : execution.startedAt());
  }
}
