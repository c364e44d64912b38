package io.nephio.recovery.yaml;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One document: maps, lists, texts, numbers, booleans and nulls, and the lines they stand on. */
public final class YamlDocument {
  private final int line;
  private final @Nullable Object value;
  private final IdentityHashMap<Object, Map<Object, Integer>> lines;

  YamlDocument(
      int line, @Nullable Object value, IdentityHashMap<Object, Map<Object, Integer>> lines) {
    this.line = line;
    this.value = value;
    this.lines = lines;
  }

  public @Nullable Object value() {
    return value;
  }

  /** The line of the first value, from 1. */
  public int line() {
    return line;
  }

  /**
   * The line of the value at the end of these keys and indexes; of the deepest there is, where a
   * step leads nowhere.
   */
  public int line(List<?> steps) {
    Object at = value;
    int found = line;
    for (Object step : steps) {
      Map<Object, Integer> inside = at == null ? null : lines.get(at);
      Integer next = inside == null ? null : inside.get(step);
      if (next == null) {
        return found;
      }
      found = next;
      at =
          at instanceof List<?> list
              ? list.get((Integer) step)
              : at instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return found;
  }
}
