package io.nephio.recovery.git;

/** How a push ended. A push only ever creates a branch. */
public sealed interface Push permits Push.Created, Push.Same, Push.Moved, Failure {
  record Created() implements Push {}

  /** The branch was there and is this very commit. */
  record Same() implements Push {}

  /** The branch is there and is something else. */
  record Moved(String tip) implements Push {}
}
