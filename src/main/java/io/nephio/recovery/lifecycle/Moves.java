package io.nephio.recovery.lifecycle;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a status becomes the next one; whatever moves on is no longer blocked or snoozed. */
public record Moves(RemediationStatus status, Instant at) {
  private static final String BLOCKED = "Blocked";

  RemediationStatus to(Phase phase, String reason, String message) {
    List<RemediationStatus.Transition> history = new ArrayList<>(status.history());
    history.add(new RemediationStatus.Transition(at, phase, reason));
    return unblocked()
        .orElse(status)
        .with(phase, reason, message)
        .withSnoozedUntil(null)
        .withHistory(history);
  }

  /** Proposed, by this pull request; for the step that opened or found it. */
  public RemediationStatus published(long number, String url) {
    RemediationStatus numbered = numbered(number, url);
    return new Moves(numbered, at).to(Phase.Proposed, "Published", "waits for a merge at " + url);
  }

  /** Given up before anything of it left, as what it was decided on is no longer so. */
  public RemediationStatus overtaken(String reason, String message) {
    return to(Phase.Superseded, reason, message);
  }

  /** The number of a pull request is only remembered: what makes it ours is branch and commit. */
  RemediationStatus numbered(long number, String url) {
    RemediationStatus.Proposal proposal = status.proposal();
    return proposal == null
        ? status
        : status.withProposal(
            new RemediationStatus.Proposal(
                proposal.repository(),
                proposal.base(),
                proposal.branch(),
                proposal.commit(),
                number,
                url));
  }

  /**
   * It cannot go on before {@code retryAt}. Empty when the ledger says so already, and the time
   * that stands there is still to come.
   */
  public Optional<RemediationStatus> blocked(String reason, String message, Instant retryAt) {
    List<Condition> conditions = others();
    conditions.add(
        new ConditionBuilder()
            .withType(BLOCKED)
            .withStatus("True")
            .withReason(reason)
            .withMessage(message)
            .withLastTransitionTime(blockedSince())
            .build());
    // Only after the record has cut the texts can they be compared with those in the ledger.
    RemediationStatus same = status.withConditions(conditions);
    boolean known = same.equals(status) && status.retryAt() != null;
    if (known && at.isBefore(status.retryAt())) {
      return Optional.empty();
    }
    RemediationStatus next = same.withRetryAt(retryAt);
    return next.equals(status) ? Optional.empty() : Optional.of(next);
  }

  /** Empty when it is not blocked. */
  Optional<RemediationStatus> unblocked() {
    RemediationStatus next = status.withConditions(others()).withRetryAt(null);
    return next.equals(status) ? Optional.empty() : Optional.of(next);
  }

  /** What it is blocked by, if it is. */
  Optional<Condition> blocking() {
    return status.conditions().stream().filter(c -> BLOCKED.equals(c.getType())).findFirst();
  }

  private String blockedSince() {
    return blocking()
        .map(Condition::getLastTransitionTime)
        .orElseGet(() -> at.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private List<Condition> others() {
    return new ArrayList<>(
        status.conditions().stream().filter(c -> !BLOCKED.equals(c.getType())).toList());
  }
}
