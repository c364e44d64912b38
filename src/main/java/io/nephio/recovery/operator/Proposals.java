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
import io.nephio.recovery.lifecycle.Pull;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.Policy;
import io.nephio.recovery.record.Background;
import io.nephio.recovery.record.Draft;
import io.nephio.recovery.record.Drafts;
import io.nephio.recovery.record.PackageEdits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
  private final Forge forge;
  private final LedgerEntry entry;
  private final Draft draft;
  private final Policy policy;
  private final Backgrounds backgrounds;
  private final Instant at;

  Proposals(Forge forge, LedgerEntry entry, Policy policy, Backgrounds backgrounds, Instant at) {
    this.forge = forge;
    this.entry = entry;
    this.draft = Drafts.draft(entry.spec(), policy, Map.of(), Background.NONE);
    this.backgrounds = backgrounds;
    this.policy = policy;
    this.at = at;
  }

  /** What the ledger is to say next, or why it cannot go on. */
  sealed interface Result {}

  record Next(RemediationStatus status) implements Result {}

  /** Once the ledger says so it may be published, on the base that it was made for. */
  record Prepared(RemediationStatus status, BaseCommit base) implements Result {}

  record Opened(long number, String url) implements Result {}

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
    Optional<Map<String, String>> files = files(repository, base);
    if (files.isEmpty()) {
      String path = Objects.requireNonNull(entry.spec().edit()).path();
      return new Next(
          new Moves(entry.status(), at)
              .overtaken(
                  "PackageChanged", path + " has changed; what still fails is proposed anew"));
    }
    Optional<String> obstacle = repository.obstacle(base.commit(), files.get().keySet());
    if (obstacle.isPresent()) {
      return new Stopped("PathInTheWay", obstacle.get());
    }
    String commit = commit(repository, base, files.get());
    Proposal proposal =
        new Proposal(draft.repository(), base.branch(), draft.id().branch(), commit, null, "");
    return new Prepared(entry.status().withProposal(proposal), base);
  }

  /** Empty if the package no longer gives the edit that was decided on. */
  private Optional<Map<String, String>> files(PackageRepository repository, BaseCommit base) {
    return PackageEdits.again(
            entry.spec(),
            Drafts.place(entry.spec(), policy),
            Optional.of(base.commit()).map(repository::packages))
        .map(edited -> Drafts.draft(entry.spec(), policy, edited, Background.NONE).files());
  }

  private String commit(PackageRepository repository, BaseCommit base, Map<String, String> files) {
    return repository.commit(base, files, CommitText.of(draft, forge.author()));
  }

  /** Whether the same is still to be pushed, now that this is the base. */
  private boolean isStill(Proposal proposal, PackageRepository repository, BaseCommit base) {
    return files(repository, base)
        .filter(files -> repository.obstacle(base.commit(), files.keySet()).isEmpty())
        .map(files -> commit(repository, base, files))
        .filter(proposal.commit()::equals)
        .isPresent();
  }

  Result publish(Optional<Pull.Open> found) {
    return found
        .map(open -> opened(open.number(), open.url(), backgrounds.ledger().get()))
        .orElseGet(this::push);
  }

  /** Right after it was prepared on this base: nobody else can have pushed it. */
  Result publish(BaseCommit base) {
    Proposal proposal = proposal();
    return push(proposal, forge.repository(proposal.repository()), base);
  }

  private Proposal proposal() {
    return Objects.requireNonNull(entry.status().proposal(), "it was prepared");
  }

  private Result push() {
    Proposal proposal = proposal();
    PackageRepository repository = forge.repository(proposal.repository());
    Fetch fetch = repository.fetch(proposal.base());
    if (!(fetch instanceof Fetch.Fetched fetched)) {
      return stopped((Failure) fetch);
    }
    BaseCommit base = fetched.base();
    if (base.branches().get(proposal.branch()) == null && !isStill(proposal, repository, base)) {
      // Nothing of it has left yet, and the base has moved: begin anew on the new base.
      return prepared(repository, base);
    }
    return push(proposal, repository, base);
  }

  private Result push(Proposal proposal, PackageRepository repository, BaseCommit base) {
    Push push = repository.push(base, proposal.branch(), proposal.commit());
    if (push instanceof Failure failure) {
      return stopped(failure);
    }
    return push instanceof Push.Moved moved ? taken(proposal, moved.tip()) : open(proposal, base);
  }

  private Result taken(Proposal proposal, String tip) {
    return new Leftover(forge, proposal)
        .clear(tip)
        .<Result>map(
            why ->
                new Stopped(
                    "BranchTaken",
                    "branch %s is there with another commit, %s: %s"
                        .formatted(proposal.branch(), tip, why)))
        .orElseGet(() -> new Next(entry.status()));
  }

  private Result open(Proposal proposal, BaseCommit base) {
    Ledger ledger = backgrounds.ledger().get();
    Background background =
        backgrounds.of(entry, ledger, base.branches().keySet(), backgrounds.engine(entry));
    Answer<PullRequest> opened =
        forge
            .gitea()
            .pullRequests()
            .open(
                proposal.repository(),
                proposal.branch(),
                proposal.base(),
                draft.title(),
                Drafts.draft(entry.spec(), policy, Map.of(), background).body(),
                Tags.of(entry.spec().failureClass()),
                List.of(Tags.HOLD));
    if (!(opened instanceof Answer.Ok<PullRequest> ok)) {
      return stopped(opened);
    }
    PullRequest pr = ok.value();
    if (!isOurs(proposal, pr)) {
      String text =
          "pull request #%d of %s is open from branch %s, and it is not ours: %s"
              .formatted(pr.number(), pr.user(), proposal.branch(), pr.url());
      return new Stopped("PullRequestInTheWay", text);
    }
    forge.glances().opened(proposal.repository(), pr);
    return opened(pr.number(), pr.url(), ledger);
  }

  /** One that was found and not opened may be somebody else's, from what they pushed there. */
  private boolean isOurs(Proposal proposal, PullRequest one) {
    return one.headSha().equals(proposal.commit())
        || forge.login().filter(one.user()::equals).isPresent();
  }

  private Result opened(long number, String url, Ledger ledger) {
    new Successor(forge, entry, ledger).link(number);
    return new Opened(number, url);
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
