package io.nephio.recovery.plan;

import java.time.Instant;
import java.util.Optional;

/** What is to be done about one incident, and why, in one sentence with numbers. */
public sealed interface Decision {
  Incident incident();

  Identity id();

  Act act();

  String why();

  /** A pull request. */
  record Propose(Incident incident, Identity id, Act act, String why) implements Decision {}

  /**
   * Not now.
   *
   * @param retryAt when it is decided anew at the latest; empty when only a change of facts can
   *     tell
   */
  record Defer(Incident incident, Identity id, Act act, String why, Optional<Instant> retryAt)
      implements Decision {}

  /** A person must act; the operator never will. */
  record Manual(Incident incident, Identity id, Act act, String why) implements Decision {}
}
