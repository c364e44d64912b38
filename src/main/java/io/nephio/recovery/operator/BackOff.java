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

  /**
   * Of what is blocked.
   *
   * @param asked how long the Git server wants to be left alone
   */
  static Instant retryAt(RemediationStatus status, Duration asked, Instant at) {
    Duration failing =
        Conditions.find(status.conditions(), "Blocked")
            .map(Condition::getLastTransitionTime)
            .map(since -> Duration.between(Instant.parse(since), at))
            .orElse(Duration.ZERO);
    return at.plus(delay(failing, asked));
  }

  static Duration delay(Duration failing, Duration asked) {
    Duration own = delay(failing);
    return own.compareTo(asked) < 0 ? asked : own;
  }

  /** As long again as it has been failing. */
  static Duration delay(Duration failing) {
    if (failing.compareTo(LEAST) < 0) {
      return LEAST;
    }
    return failing.compareTo(MOST) < 0 ? failing : MOST;
  }
}
