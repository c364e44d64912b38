package io.nephio.recovery.execute;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.lifecycle.Progress;
import java.util.Optional;

/** One kind of change in a cluster. */
public interface Action {

  /** Whether it has happened, by what the cluster shows. */
  Progress progress(RemediationSpec spec);

  /**
   * Does it.
   *
   * @param name of the remediation, left behind as a mark
   */
  Outcome act(String name, RemediationSpec spec, Fence fence);

  /**
   * Takes back what {@link #act} prepared, when the act itself will not follow.
   *
   * @return why it could not, if so; doing it again repeats nothing
   */
  Optional<String> undo(String name, RemediationSpec spec);
}
