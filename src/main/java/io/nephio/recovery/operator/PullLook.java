package io.nephio.recovery.operator;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.gitea.Answer;
import io.nephio.recovery.gitea.PullRequest;
import io.nephio.recovery.gitea.PullRequests;
import io.nephio.recovery.lifecycle.Pull;
import io.nephio.recovery.plan.LedgerEntry;
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
  static final String HOLD = Tags.HOLD.name();
  private static final int NOT_FOUND = 404;
  private static final Answer<PullRequest> ABSENT = new Answer.Refused<>(NOT_FOUND, "no number");

  private final Forge forge;
  private final PullRequests pulls;

  PullLook(Forge forge) {
    this.forge = forge;
    this.pulls = forge.gitea().pullRequests();
  }

  Pull at(LedgerEntry entry) {
    Proposal proposal = Objects.requireNonNull(entry.status().proposal(), "it was prepared");
    Long number = proposal.pullRequest();
    if (number == null || entry.status().phase() != Phase.Proposed) {
      return at(entry, proposal);
    }
    Glances glances = forge.glances();
    return glances
        .same(proposal.repository(), number)
        .<Pull>map(PullLook::open)
        .orElseGet(() -> at(entry, proposal));
  }

  private Pull at(LedgerEntry entry, Proposal proposal) {
    Answer<Optional<PullRequest>> found = find(proposal);
    if (found instanceof Answer.Ok<Optional<PullRequest>> ok) {
      return ok.value().map(pr -> pull(entry, proposal, pr)).orElseGet(Pull.Absent::new);
    }
    return new Pull.Unreadable(Answers.text(found));
  }

  /**
   * The pull request of this proposal, open or not. In a Git server that was restored from a backup
   * its number may be nobody's or another's.
   */
  Answer<Optional<PullRequest>> find(Proposal proposal) {
    Long number = proposal.pullRequest();
    Answer<PullRequest> known = number == null ? ABSENT : pulls.get(proposal.repository(), number);
    if (known instanceof Answer.Ok<PullRequest> ok && isOurs(proposal, ok.value())) {
      return known.map(Optional::of);
    }
    boolean gone =
        known instanceof Answer.Refused<PullRequest> refused && refused.status() == NOT_FOUND;
    if (!gone && !(known instanceof Answer.Ok<PullRequest>)) {
      return known.map(Optional::of);
    }
    return search(proposal);
  }

  /** By branch; what became of the commit is for the review. */
  private static boolean isOurs(Proposal proposal, PullRequest one) {
    return one.headBranch().equals(proposal.branch());
  }

  private Answer<Optional<PullRequest>> search(Proposal proposal) {
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

  /**
   * A reviewer's commit on top of ours moves the head; ours stays in the list. Gitea loses it there
   * when the merge overtakes its own look at that commit, but not before the head. Of one that was
   * closed it tells the head of whatever branch has that name now.
   */
  private Answer<Boolean> holds(Proposal proposal, PullRequest one) {
    boolean isOver = !one.open() && !one.merged();
    if (!isOver && one.headSha().equals(proposal.commit())) {
      return new Answer.Ok<>(true);
    }
    Answer<Boolean> listed =
        pulls
            .commits(proposal.repository(), one.number())
            .map(commits -> commits.contains(proposal.commit()));
    return !isOver && listed instanceof Answer.Ok<Boolean> ok && !ok.value()
        ? pulls
            .history(proposal.repository(), one.headSha())
            .map(commits -> commits.contains(proposal.commit()))
        : listed;
  }

  private Pull pull(LedgerEntry entry, Proposal proposal, PullRequest pr) {
    if (pr.merged()) {
      return new MergedPull(forge, entry, pr).look(holds(proposal, pr));
    }
    if (pr.open()) {
      forge.glances().looked(proposal.repository(), pr);
      return open(pr);
    }
    Answer<String> by = pulls.closedBy(proposal.repository(), pr.number());
    return by instanceof Answer.Ok<String> ok
        ? closed(proposal, pr, ok.value())
        : new Pull.Unreadable(Answers.text(by));
  }

  private static Pull open(PullRequest pr) {
    return new Pull.Open(pr.number(), pr.url(), pr.headSha(), pr.labels().contains(HOLD));
  }

  private Pull closed(Proposal proposal, PullRequest pr, String by) {
    Pull closed = new Pull.Closed(by.isEmpty() ? "somebody" : by);
    if (!forge.login().equals(Optional.of(by))) {
      return closed;
    }
    Answer<List<String>> comments = pulls.comments(proposal.repository(), pr.number());
    return comments instanceof Answer.Ok<List<String>> ok
        ? Farewell.withdrawn(ok.value()).<Pull>map(Pull.Withdrawn::new).orElse(closed)
        : new Pull.Unreadable(Answers.text(comments));
  }
}
