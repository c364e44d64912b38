package io.nephio.recovery.judge;

import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.ObjectRef;
import java.time.Instant;
import java.util.List;

/**
 * Something that fails, or will be held to fail at {@code due} unless it recovers before.
 *
 * @param since when the failure began, by the evidence in the objects
 * @param due when its threshold is crossed
 */
public record Finding(
    ClusterRef cluster,
    ObjectRef object,
    Reason reason,
    Instant since,
    Instant due,
    List<Evidence> evidence,
    String message) {

  public Finding {
    evidence = List.copyOf(evidence);
  }

  public boolean isDue(Instant at) {
    return !at.isBefore(due);
  }
}
