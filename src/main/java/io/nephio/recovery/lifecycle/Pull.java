package io.nephio.recovery.lifecycle;

import io.nephio.recovery.plan.Review;
import java.time.Instant;

/** What the Git server says of a remediation's pull request. */
public sealed interface Pull {

  /** Not asked, for this phase does not need it. */
  record NotLooked() implements Pull {}

  /** None with our branch and our commit. */
  record Absent() implements Pull {}

  record Open(long number, String url, boolean held) implements Pull {}

  record Merged(String by, Instant at, String commit, Review review) implements Pull {}

  record Closed(String by) implements Pull {}

  record Unreadable(String text) implements Pull {}
}
