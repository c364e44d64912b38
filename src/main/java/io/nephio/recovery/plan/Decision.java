package io.nephio.recovery.plan;

import io.nephio.recovery.judge.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is to be done about one incident, and why, in one sentence with numbers. */
public sealed interface Decision {
  Incident incident();

  Identity id();

  Act act();

  String why();

  /** The same, which explains these as well. */
  default Decision with(List<Finding> more) {
    Incident all = incident().with(more);
    if (this instanceof Propose) {
      return new Propose(all, id(), act(), why());
    }
    return this instanceof Defer defer
        ? new Defer(all, id(), act(), why(), defer.retryAt())
        : new Manual(all, id(), act(), why());
  }

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
