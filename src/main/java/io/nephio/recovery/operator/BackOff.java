package io.nephio.recovery.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.nephio.recovery.api.RemediationStatus;
import java.time.Duration;
import java.time.Instant;

/** When something that failed is tried again: the longer it fails, the later. */
final class BackOff {
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofMinutes(2);

  private BackOff() {}

  static Instant retryAt(RemediationStatus status, Instant at) {
    Duration failing =
        Conditions.find(status.conditions(), "Blocked")
            .map(Condition::getLastTransitionTime)
            .map(since -> Duration.between(Instant.parse(since), at))
            .orElse(Duration.ZERO);
    return at.plus(delay(failing));
  }

  /** As long again as it has been failing. */
  static Duration delay(Duration failing) {
    if (failing.compareTo(LEAST) < 0) {
      return LEAST;
    }
    return failing.compareTo(MOST) < 0 ? failing : MOST;
  }
}
