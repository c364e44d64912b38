package io.nephio.recovery.facts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A Node of a workload cluster. */
public record Node(
    ObjectRef ref,
    Instant created,
    boolean deleting,
    boolean unschedulable,
    List<Condition> conditions) {

  public Optional<Condition> ready() {
    return Condition.find(conditions, "Ready");
  }

  /** True only on positive evidence. */
  public boolean isReady() {
    return ready().filter(c -> c.status() == Condition.Status.True).isPresent();
  }
}
