package io.nephio.recovery.operator;

import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.git.Deletion;
import io.nephio.recovery.gitea.Answer;
import io.nephio.recovery.gitea.PullRequest;
import io.nephio.recovery.gitea.PullRequests;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * What a ledger that is lost left on the Git server, under the name that is needed again.
 *
 * <p>A merge of it would mean nothing any more, so it is closed with a word and its branch taken
 * away, but only if the pull requests are ours, nobody has committed to the branch, and no label
 * holds it.
 */
final class Leftover {
  static final String WORD =
      "Closed: the operator no longer has this in its ledger, so it would do nothing about a merge."
          + " What still fails is proposed anew.";

  private final Forge forge;
  private final Proposal proposal;
  private final PullRequests pulls;

  Leftover(Forge forge, Proposal proposal) {
    this.forge = forge;
    this.proposal = proposal;
    this.pulls = forge.gitea().pullRequests();
  }

  /** Why somebody has to look; empty if the name is free now. */
  Optional<String> clear(String tip) {
    Optional<String> login = forge.login();
    if (login.isEmpty()
        || !(pulls.of(proposal.repository(), proposal.branch())
            instanceof Answer.Ok<List<PullRequest>> all)) {
      return Optional.of("its pull requests cannot be read");
    }
    Optional<String> theirs = theirs(all.value(), login.get(), tip);
    if (theirs.isPresent()) {
      return theirs;
    }
    boolean gone =
        all.value().stream().filter(PullRequest::open).allMatch(this::close)
            && forge.repository(proposal.repository()).delete(proposal.branch(), tip)
                instanceof Deletion.Gone;
    return gone ? Optional.empty() : Optional.of("it cannot be taken away now");
  }

  /** Why the branch is not ours to delete, if so. */
  private Optional<String> theirs(List<PullRequest> all, String login, String tip) {
    if (all.isEmpty() || !all.get(all.size() - 1).headSha().equals(tip)) {
      return Optional.of("no pull request of ours ends there");
    }
    if (!all.stream().allMatch(one -> one.user().equals(login))) {
      return Optional.of("somebody else has opened a pull request from it");
    }
    if (all.stream().anyMatch(one -> !one.merged() && one.labels().contains(PullLook.HOLD))) {
      return Optional.of("its pull request is labelled " + PullLook.HOLD);
    }
    return all.stream().allMatch(this::isOneCommit) && isOurs(tip)
        ? Optional.empty()
        : Optional.of("somebody else has committed to it");
  }

  /** Gitea may list none of one that is merged. */
  private boolean isOneCommit(PullRequest one) {
    return pulls.commits(proposal.repository(), one.number())
            instanceof Answer.Ok<List<String>> commits
        && commits.value().size() <= 1;
  }

  /** Whoever amends a commit becomes its committer. */
  private boolean isOurs(String tip) {
    try {
      return forge.repository(proposal.repository()).isBy(tip, forge.author());
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private boolean close(PullRequest one) {
    var unused = pulls.comment(proposal.repository(), one.number(), WORD);
    return pulls.close(proposal.repository(), one) instanceof Answer.Ok<Boolean> closed
        && closed.value();
  }
}
