package io.nephio.recovery.operator;

import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.gitea.Answer;
import io.nephio.recovery.gitea.PullRequest;
import io.nephio.recovery.gitea.PullRequests;
import java.util.List;
import java.util.Optional;

/**
 * What a ledger that is lost left on the Git server, under the name that is needed again.
 *
 * <p>A merge of it would mean nothing any more, so it is closed with a word and its branch taken
 * away, but only if the pull request is ours and nobody has added a commit.
 */
final class Leftover {
  static final String WORD =
      "Closed: the operator no longer has this in its ledger, so a merge would do nothing. What"
          + " still fails is proposed anew.";

  private final Forge forge;
  private final Proposal proposal;
  private final PullRequests pulls;

  Leftover(Forge forge, Proposal proposal) {
    this.forge = forge;
    this.proposal = proposal;
    this.pulls = forge.gitea().pullRequests();
  }

  /** Whether the name is free now; if not, somebody has to look, or Git does not answer. */
  boolean clear(String tip) {
    Optional<String> login = forge.login();
    if (login.isEmpty()
        || !(pulls.of(proposal.repository(), proposal.branch())
            instanceof Answer.Ok<List<PullRequest>> all)) {
      return false;
    }
    List<PullRequest> ours =
        all.value().stream().filter(one -> one.user().equals(login.get())).toList();
    boolean untouched =
        !ours.isEmpty()
            && ours.size() == all.value().size()
            && ours.get(ours.size() - 1).headSha().equals(tip)
            && ours.stream().filter(PullRequest::open).allMatch(this::hasOneCommit);
    return untouched
        && ours.stream().filter(PullRequest::open).allMatch(this::close)
        && forge.repository(proposal.repository()).delete(proposal.branch(), tip);
  }

  private boolean hasOneCommit(PullRequest one) {
    return pulls.commits(proposal.repository(), one.number())
            instanceof Answer.Ok<List<String>> commits
        && commits.value().size() == 1;
  }

  private boolean close(PullRequest one) {
    var unused = pulls.comment(proposal.repository(), one.number(), WORD);
    return pulls.close(proposal.repository(), one) instanceof Answer.Ok<Boolean> closed
        && closed.value();
  }
}
