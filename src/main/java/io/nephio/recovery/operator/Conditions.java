package io.nephio.recovery.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Conditions as the Kubernetes API conventions want them. */
final class Conditions {
  private Conditions() {}

  /** The condition now; its transition time moves only when its status does. */
  static Condition now(
      List<Condition> before,
      String type,
      boolean status,
      String reason,
      String message,
      long generation,
      Instant at) {
    String value = status ? "True" : "False";
    String since =
        find(before, type)
            .filter(c -> value.equals(c.getStatus()))
            .map(Condition::getLastTransitionTime)
            .orElse(at.truncatedTo(ChronoUnit.SECONDS).toString());
    return new ConditionBuilder()
        .withType(type)
        .withStatus(value)
        .withReason(reason)
        .withMessage(message)
        .withObservedGeneration(generation)
        .withLastTransitionTime(since)
        .build();
  }

  static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(c -> c.getType().equals(type)).findFirst();
  }
}
