package io.nephio.recovery.lifecycle;

/**
 * Whether a GitOps engine applies the package of a remediation, and has applied what was merged.
 * Needed in Approved and WaitingForSync, where the merge itself is the act.
 */
public sealed interface Sync {
  /** No package takes part, or the operator applies it. */
  record NoEngine() implements Sync {}

  /** What was merged is in the cluster. */
  record Applied(String who) implements Sync {}

  /** Not yet. */
  record Pending(String text) implements Sync {}

  /** Not yet, and the engine says what holds it back. */
  record Failing(String text) implements Sync {}

  /** The cluster did not answer. Proves nothing. */
  record Unreadable(String why) implements Sync {}
}
