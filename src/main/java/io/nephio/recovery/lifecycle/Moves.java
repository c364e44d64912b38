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

/** How a status becomes the next one; whatever moves on is no longer blocked. */
record Moves(RemediationStatus status, Instant at) {
  private static final String BLOCKED = "Blocked";

  RemediationStatus to(Phase phase, String reason, String message) {
    List<RemediationStatus.Transition> history = new ArrayList<>(status.history());
    history.add(new RemediationStatus.Transition(at, phase, reason));
    return unblocked().orElse(status).with(phase, reason, message).withHistory(history);
  }

  /** Empty when it is already blocked for this reason with this message. */
  Optional<RemediationStatus> blocked(String reason, String message, Instant retryAt) {
    boolean known =
        status.conditions().stream()
            .anyMatch(
                c ->
                    BLOCKED.equals(c.getType())
                        && reason.equals(c.getReason())
                        && message.equals(c.getMessage()));
    if (known) {
      return Optional.empty();
    }
    List<Condition> conditions = others();
    conditions.add(
        new ConditionBuilder()
            .withType(BLOCKED)
            .withStatus("True")
            .withReason(reason)
            .withMessage(message)
            .withLastTransitionTime(at.truncatedTo(ChronoUnit.SECONDS).toString())
            .build());
    return Optional.of(status.withConditions(conditions).withRetryAt(retryAt));
  }

  Optional<RemediationStatus> unblocked() {
    List<Condition> conditions = others();
    return conditions.size() == status.conditions().size()
        ? Optional.empty()
        : Optional.of(status.withConditions(conditions).withRetryAt(null));
  }

  private List<Condition> others() {
    return new ArrayList<>(
        status.conditions().stream().filter(c -> !BLOCKED.equals(c.getType())).toList());
  }
}
