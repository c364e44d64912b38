package io.nephio.recovery.rules;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with one object.
 *
 * @param rule its stable id, that of a {@link Rule}
 * @param message what is wrong and what to write instead, without the object and the field
 * @param current what stands there; null if nothing does, or if it is no single value
 * @param proposed what may stand there instead; null if only a person can know
 */
public record Problem(
    Severity severity,
    String rule,
    Field field,
    String message,
    @Nullable String current,
    @Nullable String proposed) {

  /** The field, if it is about one, and what is wrong with it. */
  public String text() {
    String at = field.text();
    return at.isEmpty() ? message : at + ": " + message;
  }
}
