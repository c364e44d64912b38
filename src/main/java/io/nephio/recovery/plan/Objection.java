package io.nephio.recovery.plan;

import java.time.Instant;
import java.util.Optional;

/** What stands against an act, in words for a person. */
sealed interface Objection {
  String why();

  /** The operator must never do it. */
  record Never(String why) implements Objection {}

  /**
   * Not now.
   *
   * @param retryAt when it is decided anew at the latest; empty when only a change of facts can
   *     tell
   */
  record Later(String why, Optional<Instant> retryAt) implements Objection {}

  static Optional<Objection> never(String why) {
    return Optional.of(new Never(why));
  }

  static Optional<Objection> later(String why) {
    return Optional.of(new Later(why, Optional.empty()));
  }
}
