package io.nephio.recovery.operator;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.api.Span;
import io.nephio.recovery.gitea.Answer;
import io.nephio.recovery.gitea.PullRequest;
import io.nephio.recovery.gitea.PullRequests;
import io.nephio.recovery.gitea.Statuses;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.record.Drafts;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is done to one open pull request of ours; each of it may be done again. */
final class OpenPull {
  private static final String REMINDER = "<!-- recovery:Reminder -->";

  private final Forge forge;
  private final LedgerEntry entry;
  private final Proposal proposal;
  private final PullRequest pr;
  private final PullRequests pulls;

  OpenPull(Forge forge, LedgerEntry entry, PullRequest pr) {
    this.forge = forge;
    this.entry = entry;
    this.proposal = Objects.requireNonNull(entry.status().proposal(), "it was prepared");
    this.pr = pr;
    this.pulls = forge.gitea().pullRequests();
  }

  /** Nobody has added a commit. */
  boolean untouched() {
    return pr.headSha().equals(proposal.commit());
  }

  boolean mergeable() {
    return pr.mergeable();
  }

  String base() {
    return pr.baseBranch();
  }

  /** Posted only if the last of ours on this head says something else. */
  boolean preflight(Preflight preflight) {
    Statuses statuses = forge.gitea().statuses();
    Optional<String> login = forge.login();
    if (!(statuses.list(proposal.repository(), pr.headSha())
            instanceof Answer.Ok<List<Statuses.Status>> all)
        || login.isEmpty()) {
      return false;
    }
    Optional<Statuses.Status> last =
        all.value().stream()
            .filter(s -> s.context().equals(Preflight.CONTEXT) && s.creator().equals(login.get()))
            .reduce((first, second) -> second);
    boolean said =
        last.filter(s -> s.state().equals(preflight.state()))
            .filter(s -> s.description().equals(preflight.sentence()))
            .isPresent();
    return said || postPreflight(preflight);
  }

  /** Whatever was posted before. */
  boolean postPreflight(Preflight preflight) {
    return forge
            .gitea()
            .statuses()
            .post(
                proposal.repository(),
                pr.headSha(),
                Preflight.CONTEXT,
                preflight.state(),
                preflight.sentence())
        instanceof Answer.Ok<Statuses.Status>;
  }

  /** A body that a person has edited is theirs. */
  boolean body(String body) {
    return pr.body().equals(body)
        || !Drafts.isUntouched(pr.body())
        || pulls.body(proposal.repository(), pr.number(), body) instanceof Answer.Ok<PullRequest>;
  }

  /** Those it lacks; empty if it has them all. */
  Optional<String> labels() {
    return Tags.missing(entry.spec().failureClass(), pr);
  }

  /** Who reviewed already, or was asked to, is not asked again. Empty if nothing went wrong. */
  Optional<String> reviewers(ClusterPolicySpec.Review review) {
    if (review.users().isEmpty() && review.teams().isEmpty()) {
      return Optional.empty();
    }
    Answer<List<String>> asked = pulls.reviewers(proposal.repository(), pr.number());
    if (!(asked instanceof Answer.Ok<List<String>> ok)) {
      return Optional.of(Answers.text(asked));
    }
    String problems =
        java.util.stream.Stream.concat(
                review.users().stream()
                    .filter(user -> !ok.value().contains(user))
                    .map(user -> ask("reviewers", user)),
                review.teams().stream()
                    .filter(team -> !ok.value().contains(team))
                    .map(team -> ask("team_reviewers", team)))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    return problems.isEmpty() ? Optional.empty() : Optional.of(problems);
  }

  private String ask(String field, String name) {
    Answer<?> answer = pulls.askForReview(proposal.repository(), pr.number(), field, name);
    return answer instanceof Answer.Ok<?> ? "" : name + ": " + Answers.text(answer);
  }

  /** One comment, once it has waited for so long. */
  void remind(ClusterPolicySpec.Review review, Instant since, Instant at) {
    boolean due =
        !review.remindAfter().isEmpty()
            && !review.users().isEmpty()
            && !at.isBefore(since.plus(new Span(review.remindAfter()).duration()));
    if (!due
        || !(pulls.comments(proposal.repository(), pr.number())
            instanceof Answer.Ok<List<String>> said)
        || said.value().stream().anyMatch(text -> text.contains(REMINDER))) {
      return;
    }
    String text = reminder(review.users(), since, entry.spec().expiresAt());
    var unused = pulls.comment(proposal.repository(), pr.number(), text);
  }

  static String reminder(List<String> users, Instant since, Instant expiresAt) {
    String whom = users.stream().map(u -> "@" + u).collect(Collectors.joining(" "));
    return whom
        + " This waits for a decision since "
        + since
        + " and is valid until "
        + expiresAt
        + ".\n\n"
        + REMINDER;
  }

  /** Gitea has no lock between looking and creating, so two processes can open one each. */
  void closeTwins() {
    Optional<String> login = forge.login();
    if (login.isEmpty()
        || !(pulls.of(proposal.repository(), proposal.branch())
            instanceof Answer.Ok<List<PullRequest>> all)) {
      return;
    }
    all.value().stream()
        .filter(one -> one.open() && one.number() != pr.number())
        .filter(one -> one.user().equals(login.get()) && one.headSha().equals(pr.headSha()))
        .filter(one -> one.baseBranch().equals(pr.baseBranch()))
        .forEach(this::closeTwin);
  }

  private void closeTwin(PullRequest twin) {
    if (pulls.comment(proposal.repository(), twin.number(), sameAs(pr.number()))
        instanceof Answer.Ok<Long>) {
      var unused = pulls.close(proposal.repository(), twin);
    }
  }

  static String sameAs(long number) {
    return "Closed: the same as #" + number;
  }
}
