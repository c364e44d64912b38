package io.nephio.recovery.facts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A condition as an object carries it.
 *
 * @param since its last transition; empty when the object does not tell
 */
public record Condition(
    String type, Status status, String reason, String message, Optional<Instant> since) {

  /** What a condition says; a missing one is {@link #Unknown}, never {@link #False}. */
  public enum Status {
    True,
    False,
    Unknown
  }

  public static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
  }

  /** {@code Ready=Unknown}. */
  public String shortly() {
    return type + "=" + status;
  }
}
