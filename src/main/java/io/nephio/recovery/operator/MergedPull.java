package io.nephio.recovery.operator;

import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.git.Failure;
import io.nephio.recovery.git.Fetch;
import io.nephio.recovery.git.PackageRepository;
import io.nephio.recovery.gitea.Answer;
import io.nephio.recovery.gitea.PullRequest;
import io.nephio.recovery.lifecycle.Pull;
import io.nephio.recovery.plan.Identity;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.Review;
import io.nephio.recovery.record.PackageEdits;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Objects;

/**
 * A pull request of ours that is merged: what was reviewed, at the merge commit, and whether people
 * have taken it back since, at the tip of the base branch.
 */
final class MergedPull {
  private final Forge forge;
  private final LedgerEntry entry;
  private final Proposal proposal;
  private final PullRequest pr;

  MergedPull(Forge forge, LedgerEntry entry, PullRequest pr) {
    this.forge = forge;
    this.entry = entry;
    this.proposal = Objects.requireNonNull(entry.status().proposal(), "it was prepared");
    this.pr = pr;
  }

  /**
   * What the Git server tells.
   *
   * @param ours whether it holds our commit
   */
  Pull look(Answer<Boolean> ours) {
    if (pr.mergedAt() == null || pr.mergeCommit() == null) {
      return new Pull.Unreadable("the Git server does not tell when it was merged");
    }
    if (!pr.baseBranch().equals(proposal.base())) {
      return edited(new Review.Edited("the base branch", proposal.base(), pr.baseBranch()));
    }
    if (!(ours instanceof Answer.Ok<Boolean> ok)) {
      return new Pull.Unreadable(Answers.text(ours));
    }
    return ok.value()
        ? reviewed()
        : edited(new Review.Edited("the commit", proposal.commit(), pr.headSha()));
  }

  private Pull reviewed() {
    PackageRepository repository = forge.repository(proposal.repository());
    String commit = Objects.requireNonNull(pr.mergeCommit());
    if (repository.fetchCommit(commit) instanceof Failure failure) {
      return new Pull.Unreadable(failure.text());
    }
    Fetch base = repository.fetch(proposal.base());
    if (!(base instanceof Fetch.Fetched fetched)) {
      return new Pull.Unreadable(((Failure) base).text());
    }
    try {
      String path = Identity.of(entry.spec()).path();
      Review review = review(repository, commit, path);
      boolean revoked =
          review instanceof Review.Confirmed
              && PackageEdits.isRevoked(
                  entry.name(),
                  path,
                  entry.spec(),
                  file -> repository.read(fetched.base().commit(), file));
      return merged(review, revoked ? Pull.Standing.REVERTED : standing());
    } catch (UncheckedIOException e) {
      return new Pull.Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private Review review(PackageRepository repository, String commit, String path) {
    Review review =
        PackageEdits.review(
            entry.name(), path, entry.spec(), file -> repository.read(commit, file));
    return review instanceof Review.Confirmed && !isAlone(repository)
        ? new Review.Edited("the file beside the edit", "as in " + proposal.base(), "another")
        : review;
  }

  /** What the base branch has changed beside the edit is nobody's business here. */
  private boolean isAlone(PackageRepository repository) {
    String head = pr.headSha();
    String before = pr.mergeBase().isEmpty() ? proposal.commit() : pr.mergeBase();
    return head.equals(proposal.commit())
        || PackageEdits.isAlone(
            entry.spec(),
            file -> repository.read(before, file),
            file -> repository.read(head, file));
  }

  private Pull edited(Review.Edited edited) {
    return merged(edited, standing());
  }

  private Pull.Standing standing() {
    return pr.labels().contains(PullLook.HOLD) ? Pull.Standing.HELD : Pull.Standing.STANDS;
  }

  private Pull merged(Review review, Pull.Standing standing) {
    Instant at = Objects.requireNonNull(pr.mergedAt());
    String by = pr.mergedBy() == null ? "somebody" : pr.mergedBy();
    return new Pull.Merged(by, at, Objects.requireNonNull(pr.mergeCommit()), review, standing);
  }
}
