package io.nephio.recovery.facts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A CustomResourceDefinition. */
public record Crd(
    ObjectRef ref,
    Instant created,
    Optional<Instant> deletionRequested,
    List<Condition> conditions) {
  public Crd {
    conditions = List.copyOf(conditions);
  }

  public Optional<Condition> condition(String type) {
    return Condition.find(conditions, type);
  }
}
