package io.nephio.recovery.lifecycle;

import java.time.Instant;

/** Whether an approved act may begin now. */
public sealed interface Gate {
  record Free() implements Gate {}

  /**
   * Not now, and never for ever.
   *
   * @param slot whether it only waits its turn, which extends the time it has
   */
  record Blocked(String reason, String message, Instant retryAt, boolean slot) implements Gate {}
}
