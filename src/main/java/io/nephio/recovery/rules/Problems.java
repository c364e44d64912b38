package io.nephio.recovery.rules;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one object. A broken object is told of up to a bound. */
final class Problems {
  private static final int MOST = 100;

  private final List<Problem> found = new ArrayList<>();

  List<Problem> found() {
    return found;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  void add(Rule rule, Field field, String message, @Nullable Object current) {
    add(rule, field, message, current, null);
  }

  void add(
      Rule rule, Field field, String message, @Nullable Object current, @Nullable String proposed) {
    if (found.size() < MOST) {
      found.add(
          new Problem(
              rule.severity(),
              rule.id(),
              field,
              message,
              isScalar(current) ? Text.shortly(current) : null,
              proposed));
    }
  }

  private static boolean isScalar(@Nullable Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }
}
