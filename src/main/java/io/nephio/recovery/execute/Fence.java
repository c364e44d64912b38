package io.nephio.recovery.execute;

import java.util.Optional;

/** Asked right before every change in a cluster: whether this process may still make it. */
public interface Fence {

  /** Why not, if so: another process leads, or somebody else has written the ledger since. */
  Optional<String> broken();
}
