package io.nephio.recovery.rules;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One node of a CRD's structural schema.
 *
 * @param properties of an object with known fields
 * @param values of an object with any keys; null if there are none
 * @param items of a list; null for anything else
 * @param fallback what the API server writes where nothing stands; null if nothing
 */
record Schema(
    Type type,
    Map<String, Schema> properties,
    @Nullable Schema values,
    @Nullable Schema items,
    Bounds bounds,
    @Nullable Object fallback) {

  enum Type {
    object("a map"),
    array("a list"),
    string("a text"),
    integer("a whole number"),
    bool("true or false"),
    intOrString("a whole number or a text");

    private final String people;

    Type(String people) {
      this.people = people;
    }

    String people() {
      return people;
    }
  }

  /**
   * What a value must keep to beyond its type. Zero and empty lists stand for no bound.
   *
   * @param pattern that the whole text must match
   */
  record Bounds(
      List<String> required,
      List<String> options,
      @Nullable String pattern,
      @Nullable String format,
      @Nullable Long minimum,
      @Nullable Long maximum,
      int minLength,
      int maxLength,
      int maxItems,
      boolean set) {}
}
