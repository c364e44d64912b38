package io.nephio.recovery.lifecycle;

import java.util.Optional;

/**
 * Whether a GitOps engine applies the package of a remediation, and has applied what was merged.
 * Needed in Approved and WaitingForSync, where the merge itself is the act.
 */
public sealed interface Sync {
  /** The engine and its object that apply the package; empty if none does or none is seen. */
  default Optional<String> by() {
    return Optional.empty();
  }

  /** No package takes part, or the operator applies it. */
  record NoEngine() implements Sync {}

  /** What was merged is in the cluster. */
  record Applied(String who) implements Sync {
    @Override
    public Optional<String> by() {
      return Optional.of(who);
    }
  }

  /** Not yet. */
  record Pending(String who, String text) implements Sync {
    @Override
    public Optional<String> by() {
      return Optional.of(who);
    }
  }

  /** Not yet, and the engine says what holds it back. */
  record Failing(String who, String text) implements Sync {
    @Override
    public Optional<String> by() {
      return Optional.of(who);
    }
  }

  /** The cluster did not answer. Proves nothing. */
  record Unreadable(String why) implements Sync {}
}
