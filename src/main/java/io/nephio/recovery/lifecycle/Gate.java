package io.nephio.recovery.lifecycle;

import java.time.Instant;

/**
 * Whether an approved act, or one that were approved, may be begun now, as far as others are
 * concerned: breakers, cooldowns, suspension, a rollout under way, and the other remediations of
 * the cluster.
 */
public sealed interface Gate {
  /**
   * Nothing stands in the way.
   *
   * @param why it may be, by what is seen now, in one sentence with numbers; empty if not asked
   */
  record Free(String why) implements Gate {
    public Free() {
      this("");
    }
  }

  /**
   * Not now, and never for ever.
   *
   * @param reason one CamelCase word, for the condition
   * @param message for people; stable from look to look, for every change of it is written
   * @param retryAt when it is worth looking again
   * @param slot whether it only waits its turn, which extends the time it has
   */
  record Blocked(String reason, String message, Instant retryAt, boolean slot) implements Gate {}
}
