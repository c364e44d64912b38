package io.nephio.recovery.operator;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.gitea.Answer;
import io.nephio.recovery.gitea.PullRequest;
import io.nephio.recovery.gitea.PullRequests;
import io.nephio.recovery.lifecycle.Step;
import io.nephio.recovery.plan.LedgerEntry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Tells on the pull request how it ended, once, and closes what is no longer wanted. */
final class Farewell {
  private static final int NOT_FOUND = 404;

  /** What closes it. */
  private static final List<Phase> WITHDRAWN =
      List.of(Phase.Healed, Phase.Superseded, Phase.Expired);

  private final Forge forge;
  private final LedgerEntry entry;
  private final Proposal proposal;
  private final PullRequests pulls;

  Farewell(Forge forge, LedgerEntry entry) {
    this.forge = forge;
    this.entry = entry;
    this.proposal = Objects.requireNonNull(entry.status().proposal(), "it was prepared");
    this.pulls = forge.gitea().pullRequests();
  }

  /** Why it could not all be done, if so; doing it again repeats nothing. */
  Optional<String> say(Step.Conclude conclude) {
    Answer<Optional<PullRequest>> found = new PullLook(forge).find(proposal);
    if (found instanceof Answer.Refused<?> refused && refused.status() == NOT_FOUND) {
      // With the repository went all there was to say it on.
      return Optional.empty();
    }
    if (!(found instanceof Answer.Ok<Optional<PullRequest>> ok)) {
      return Optional.of(Answers.text(found));
    }
    Optional<String> problem = Optional.empty();
    if (ok.value().isPresent()) {
      problem = say(ok.value().get(), conclude);
    }
    if (problem.isEmpty() && conclude.close()) {
      var unused =
          forge.repository(proposal.repository()).delete(proposal.branch(), proposal.commit());
    }
    receipt(conclude);
    return problem;
  }

  private static String mark(Phase phase) {
    return "<!-- recovery:" + phase + " -->";
  }

  /** Why we closed a pull request, by its comments; empty if we only used to have it open. */
  static Optional<Phase> withdrawn(List<String> comments) {
    return WITHDRAWN.stream()
        .filter(phase -> comments.stream().anyMatch(text -> text.contains(mark(phase))))
        .findFirst();
  }

  private Optional<String> say(PullRequest pr, Step.Conclude conclude) {
    String mark = mark(conclude.status().phase());
    Answer<List<String>> comments = pulls.comments(proposal.repository(), pr.number());
    if (!(comments instanceof Answer.Ok<List<String>> said)) {
      return Optional.of(Answers.text(comments));
    }
    if (said.value().stream().noneMatch(text -> text.contains(mark))) {
      Answer<Long> comment =
          pulls.comment(proposal.repository(), pr.number(), conclude.comment() + "\n\n" + mark);
      if (!(comment instanceof Answer.Ok<Long>)) {
        return Optional.of(Answers.text(comment));
      }
    }
    return conclude.close() && pr.open() && !isLeft(pr, conclude) ? close(pr) : Optional.empty();
  }

  /** What healed is not closed under the hands of whoever works on it. */
  private boolean isLeft(PullRequest pr, Step.Conclude conclude) {
    return conclude.status().phase() == Phase.Healed && !pr.headSha().equals(proposal.commit());
  }

  private Optional<String> close(PullRequest pr) {
    Answer<Boolean> closed = pulls.close(proposal.repository(), pr);
    if (!(closed instanceof Answer.Ok<Boolean> ok)) {
      return Optional.of(Answers.text(closed));
    }
    return ok.value() ? Optional.empty() : Optional.of("it was merged a moment ago");
  }

  /** The merge commit tells how it ended, where there is one and it was acted on. */
  private void receipt(Step.Conclude conclude) {
    if (entry.status().approval() != null && entry.status().execution() != null) {
      new Receipts(forge, entry)
          .used(conclude.status().phase() + ": " + conclude.status().message());
    }
  }
}
