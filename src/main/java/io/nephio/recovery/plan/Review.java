package io.nephio.recovery.plan;

import java.time.Instant;

/** What became of a record between its proposal and its merge. A reviewer may only weaken it. */
public sealed interface Review {

  /**
   * As proposed, or weakened to an earlier expiry.
   *
   * @param expiresAt until when it may have been merged
   */
  record Confirmed(Instant expiresAt) implements Review {}

  /** Merged with action None: on the record, and nothing is to be done. */
  record NothingToDo() implements Review {}

  /**
   * Anything else was changed.
   *
   * @param field the path of the first field that differs
   */
  record Edited(String field, String proposed, String merged) implements Review {}
}
