package io.nephio.recovery.execute;

import io.nephio.recovery.lifecycle.Progress;
import io.nephio.recovery.plan.LedgerEntry;
import java.util.Optional;

/** One kind of change in a cluster. What it leaves behind as a mark is the remediation's name. */
public interface Action {

  /** Whether it has happened, by what the cluster shows. */
  Progress progress(LedgerEntry entry);

  /** Does it, or goes on with it. */
  Outcome act(LedgerEntry entry, Fence fence);

  /**
   * Takes back what {@link #act} prepared, when the act itself will not follow.
   *
   * @return why it could not, if so; doing it again repeats nothing
   */
  default Optional<String> undo(LedgerEntry entry) {
    return Optional.empty();
  }

  /**
   * Clears away what the act needed, once it has happened.
   *
   * @param healed whether it helped
   * @return why it could not, if so; doing it again repeats nothing
   */
  default Optional<String> settle(LedgerEntry entry, boolean healed) {
    return Optional.empty();
  }
}
