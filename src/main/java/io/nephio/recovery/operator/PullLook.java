package io.nephio.recovery.operator;

import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.git.Failure;
import io.nephio.recovery.git.Fetch;
import io.nephio.recovery.git.PackageRepository;
import io.nephio.recovery.gitea.Answer;
import io.nephio.recovery.gitea.PullRequest;
import io.nephio.recovery.gitea.PullRequests;
import io.nephio.recovery.lifecycle.Pull;
import io.nephio.recovery.plan.Identity;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.Review;
import io.nephio.recovery.record.PackageEdits;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds a remediation's pull request and what became of it.
 *
 * <p>Ours is one that we opened, from our branch, holding our commit. Its number is only a memory:
 * after a crash it may be missing from the ledger, and somebody else may open a pull request from a
 * branch that is called like ours.
 */
final class PullLook {
  static final String HOLD = "recovery/hold";

  private final Forge forge;
  private final PullRequests pulls;

  PullLook(Forge forge) {
    this.forge = forge;
    this.pulls = forge.gitea().pullRequests();
  }

  Pull at(LedgerEntry entry) {
    Proposal proposal = Objects.requireNonNull(entry.status().proposal(), "it was prepared");
    Answer<Optional<PullRequest>> found = find(proposal);
    if (found instanceof Answer.Ok<Optional<PullRequest>> ok) {
      return ok.value().map(pr -> pull(entry, proposal, pr)).orElseGet(Pull.Absent::new);
    }
    return new Pull.Unreadable(Answers.text(found));
  }

  /** The pull request of this proposal, open or not. */
  Answer<Optional<PullRequest>> find(Proposal proposal) {
    Long number = proposal.pullRequest();
    if (number != null) {
      return pulls.get(proposal.repository(), number).map(Optional::of);
    }
    Optional<String> login = forge.login();
    if (login.isEmpty()) {
      return new Answer.Unreachable<>("the Git server does not say whose credential this is");
    }
    return pulls
        .of(proposal.repository(), proposal.branch())
        .then(all -> firstOurs(proposal, all, login.get()));
  }

  private Answer<Optional<PullRequest>> firstOurs(
      Proposal proposal, List<PullRequest> all, String login) {
    for (PullRequest one : all) {
      if (one.user().equals(login) && one.baseBranch().equals(proposal.base())) {
        Answer<Boolean> holds = holds(proposal, one);
        if (!(holds instanceof Answer.Ok<Boolean> ok)) {
          return holds.map(unused -> Optional.empty());
        }
        if (ok.value()) {
          return new Answer.Ok<>(Optional.of(one));
        }
      }
    }
    return new Answer.Ok<>(Optional.empty());
  }

  /** A reviewer's commit on top of ours moves the head; ours stays in the list. */
  private Answer<Boolean> holds(Proposal proposal, PullRequest one) {
    return one.headSha().equals(proposal.commit())
        ? new Answer.Ok<>(true)
        : pulls
            .commits(proposal.repository(), one.number())
            .map(commits -> commits.contains(proposal.commit()));
  }

  private Pull pull(LedgerEntry entry, Proposal proposal, PullRequest pr) {
    if (pr.merged()) {
      return merged(entry, proposal, pr);
    }
    if (pr.open()) {
      return new Pull.Open(pr.number(), pr.url(), pr.labels().contains(HOLD));
    }
    Answer<String> by = pulls.closedBy(proposal.repository(), pr.number());
    return by instanceof Answer.Ok<String> ok
        ? new Pull.Closed(ok.value().isEmpty() ? "somebody" : ok.value())
        : new Pull.Unreadable(Answers.text(by));
  }

  private Pull merged(LedgerEntry entry, Proposal proposal, PullRequest pr) {
    if (pr.mergedAt() == null || pr.mergeCommit() == null) {
      return new Pull.Unreadable("the Git server does not tell when it was merged");
    }
    String by = pr.mergedBy() == null ? "somebody" : pr.mergedBy();
    if (!pr.baseBranch().equals(proposal.base())) {
      var retargeted = new Review.Edited("the base branch", proposal.base(), pr.baseBranch());
      return new Pull.Merged(by, pr.mergedAt(), pr.mergeCommit(), retargeted);
    }
    Answer<Boolean> holds = holds(proposal, pr);
    if (!(holds instanceof Answer.Ok<Boolean> ok)) {
      return new Pull.Unreadable(Answers.text(holds));
    }
    if (!ok.value()) {
      var replaced = new Review.Edited("the commit", proposal.commit(), pr.headSha());
      return new Pull.Merged(by, pr.mergedAt(), pr.mergeCommit(), replaced);
    }
    return reviewed(entry, proposal, pr, by);
  }

  private Pull reviewed(LedgerEntry entry, Proposal proposal, PullRequest pr, String by) {
    PackageRepository repository = forge.repository(proposal.repository());
    String commit = Objects.requireNonNull(pr.mergeCommit());
    Fetch fetch = repository.fetchCommit(commit);
    if (fetch instanceof Failure failure) {
      return new Pull.Unreadable(failure.text());
    }
    try {
      Identity id = Identity.of(entry.spec());
      Review review =
          PackageEdits.review(
              entry.name(), id.path(), entry.spec(), path -> repository.read(commit, path));
      return new Pull.Merged(by, Objects.requireNonNull(pr.mergedAt()), commit, review);
    } catch (UncheckedIOException e) {
      return new Pull.Unreadable(String.valueOf(e.getMessage()));
    }
  }
}
