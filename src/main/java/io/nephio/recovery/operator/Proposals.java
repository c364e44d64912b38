package io.nephio.recovery.operator;

import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.git.BaseCommit;
import io.nephio.recovery.git.CommitText;
import io.nephio.recovery.git.Failure;
import io.nephio.recovery.git.Fetch;
import io.nephio.recovery.git.PackageRepository;
import io.nephio.recovery.git.Push;
import io.nephio.recovery.gitea.Answer;
import io.nephio.recovery.gitea.PullRequest;
import io.nephio.recovery.lifecycle.Moves;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.Policy;
import io.nephio.recovery.record.Draft;
import io.nephio.recovery.record.Drafts;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes a remediation to the Git server, in two halves with the ledger between them: first branch
 * and commit id are put down, then they are pushed and the pull request is opened.
 *
 * <p>Every half may be cut off anywhere and done again. The commit's bytes depend on the ledger and
 * the base alone, so the same base gives the same id; and what was pushed or opened before is found
 * by branch and commit, never made a second time.
 */
final class Proposals {
  private static final List<String> LABELS = List.of("recovery");

  private final Forge forge;
  private final LedgerEntry entry;
  private final Draft draft;
  private final Instant at;

  Proposals(Forge forge, LedgerEntry entry, Policy policy, Instant at) {
    this.forge = forge;
    this.entry = entry;
    this.draft = Drafts.draft(entry.spec(), policy);
    this.at = at;
  }

  /** What the ledger is to say next, or why it cannot go on. */
  sealed interface Result {}

  record Next(RemediationStatus status) implements Result {}

  record Stopped(String reason, String text) implements Result {}

  Result prepare() {
    PackageRepository repository = forge.repository(draft.repository());
    Fetch fetch = repository.fetch(draft.base());
    if (!(fetch instanceof Fetch.Fetched fetched)) {
      return stopped((Failure) fetch);
    }
    return prepared(repository, fetched.base());
  }

  private Result prepared(PackageRepository repository, BaseCommit base) {
    return new Next(
        entry
            .status()
            .withProposal(
                new Proposal(
                    draft.repository(),
                    base.branch(),
                    draft.id().branch(),
                    commit(repository, base),
                    null,
                    "")));
  }

  private String commit(PackageRepository repository, BaseCommit base) {
    return repository.commit(base, draft.files(), CommitText.of(draft));
  }

  Result publish() {
    Proposal proposal = Objects.requireNonNull(entry.status().proposal(), "it was prepared");
    Answer<Optional<PullRequest>> found = new PullLook(forge).find(proposal);
    if (!(found instanceof Answer.Ok<Optional<PullRequest>> ok)) {
      return stopped(found);
    }
    return ok.value().map(this::published).orElseGet(() -> push(proposal));
  }

  private Result push(Proposal proposal) {
    PackageRepository repository = forge.repository(proposal.repository());
    Fetch fetch = repository.fetch(proposal.base());
    if (!(fetch instanceof Fetch.Fetched fetched)) {
      return stopped((Failure) fetch);
    }
    BaseCommit base = fetched.base();
    if (base.branches().get(proposal.branch()) == null
        && !commit(repository, base).equals(proposal.commit())) {
      // Nothing of it has left yet, and the base has moved: begin anew on the new base.
      return prepared(repository, base);
    }
    Push push = repository.push(proposal.branch(), proposal.commit());
    if (push instanceof Failure failure) {
      return stopped(failure);
    }
    return push instanceof Push.Moved moved ? taken(proposal, moved.tip()) : open(proposal);
  }

  private Result taken(Proposal proposal, String tip) {
    return new Leftover(forge, proposal).clear(tip)
        ? new Next(entry.status())
        : new Stopped(
            "BranchTaken", "branch " + proposal.branch() + " is there with another commit, " + tip);
  }

  private Result open(Proposal proposal) {
    Answer<PullRequest> opened =
        forge
            .gitea()
            .pullRequests()
            .open(
                proposal.repository(),
                proposal.branch(),
                proposal.base(),
                draft.title(),
                draft.body(),
                LABELS);
    return opened instanceof Answer.Ok<PullRequest> ok ? published(ok.value()) : stopped(opened);
  }

  private Result published(PullRequest pr) {
    return new Next(new Moves(entry.status(), at).published(pr.number(), pr.url()));
  }

  private static Result stopped(Failure failure) {
    return failure instanceof Failure.Refused refused
        ? new Stopped(refused.reason().name(), refused.text())
        : new Stopped("GitUnreachable", failure.text());
  }

  private static Result stopped(Answer<?> answer) {
    return new Stopped(
        answer instanceof Answer.Refused<?> ? "GitRefused" : "GitUnreachable",
        Answers.text(answer));
  }
}
