package io.nephio.recovery.git;

/** How a fetch ended. */
public sealed interface Fetch permits Fetch.Fetched, Failure {
  record Fetched(BaseCommit base) implements Fetch {}
}
