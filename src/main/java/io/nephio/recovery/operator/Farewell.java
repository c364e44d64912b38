package io.nephio.recovery.operator;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.git.Failure;
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

  /**
   * What could not be done.
   *
   * @param problem may pass; doing it all again repeats nothing
   * @param warning stays until somebody changes something
   */
  record Result(Optional<String> problem, Optional<String> warning) {
    static final Result DONE = new Result(Optional.empty(), Optional.empty());

    static Result problem(String text) {
      return new Result(Optional.of(text), Optional.empty());
    }
  }

  Result say(Step.Conclude conclude) {
    Answer<Optional<PullRequest>> found = new PullLook(forge).find(proposal);
    if (found instanceof Answer.Refused<?> refused && refused.status() == NOT_FOUND) {
      // With the repository went all there was to say it on.
      return Result.DONE;
    }
    if (!(found instanceof Answer.Ok<Optional<PullRequest>> ok)) {
      return Result.problem(Answers.text(found));
    }
    Result result =
        ok.value()
            .flatMap(pr -> say(pr, conclude))
            .map(Result::problem)
            .orElseGet(() -> conclude.close() ? delete() : Result.DONE);
    receipt(conclude);
    return result;
  }

  /** A branch that people have committed to is theirs and stays. */
  private Result delete() {
    if (!(forge.repository(proposal.repository()).delete(proposal.branch(), proposal.commit())
        instanceof Failure failure)) {
      return Result.DONE;
    }
    String text = "branch " + proposal.branch() + " is still there: " + failure.text();
    return failure instanceof Failure.Refused
        ? new Result(Optional.empty(), Optional.of(text))
        : Result.problem(text);
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
    boolean left = isLeft(pr, conclude);
    String word = left ? left(conclude) : conclude.comment();
    if (said.value().stream().noneMatch(text -> text.contains(mark))) {
      Answer<Long> comment =
          pulls.comment(proposal.repository(), pr.number(), word + "\n\n" + mark);
      if (!(comment instanceof Answer.Ok<Long>)) {
        return Optional.of(Answers.text(comment));
      }
    }
    if (left) {
      var unused = new OpenPull(forge, entry, pr).preflight(Preflight.HEALTHY);
      return Optional.empty();
    }
    return conclude.close() && pr.open() ? close(pr) : Optional.empty();
  }

  /** What healed is not closed under the hands of whoever works on it. */
  private boolean isLeft(PullRequest pr, Step.Conclude conclude) {
    return conclude.close()
        && pr.open()
        && conclude.status().phase() == Phase.Healed
        && !pr.headSha().equals(proposal.commit());
  }

  private static String left(Step.Conclude conclude) {
    return "Left open, as somebody has committed to it: "
        + conclude.status().message()
        + ". The operator would do nothing about a merge any more.";
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
