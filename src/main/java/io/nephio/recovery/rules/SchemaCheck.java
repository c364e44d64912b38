package io.nephio.recovery.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the API server refuses by the CRD's schema, in its own sense. Values have their defaults.
 */
final class SchemaCheck {
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private static final Schema NOTHING =
      new Schema(
          Schema.Type.object,
          Map.of(),
          null,
          null,
          new Schema.Bounds(List.of(), List.of(), null, null, null, null, 0, 0, 0, false),
          null);

  private final Problems problems;

  SchemaCheck(Problems problems) {
    this.problems = problems;
  }

  void check(@Nullable Object value, Schema schema, Field field) {
    if (!hasType(value, schema)) {
      problems.add(Rule.TYPE, field, typeMessage(value, schema), value);
    } else if (value instanceof Map<?, ?> map) {
      map(map, schema, field);
    } else if (value instanceof List<?> list && schema.items() != null) {
      list(list, schema, schema.items(), field);
    } else if (value instanceof String text) {
      text(text, schema.bounds(), field);
    } else if (value instanceof Number number) {
      number(number, schema.bounds(), field);
    }
  }

  /** Only the fields that nobody knows, also where no fields are wanted at all. */
  void unknown(@Nullable Object value, Schema schema, Field field) {
    if (value instanceof List<?> list) {
      Schema items = schema.items() == null ? NOTHING : schema.items();
      for (int i = 0; i < list.size(); i++) {
        unknown(list.get(i), items, field.index(i));
      }
    } else if (value instanceof Map<?, ?> map && schema.values() == null) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String key = String.valueOf(entry.getKey());
        Schema known = schema.properties().get(key);
        if (known != null) {
          unknown(entry.getValue(), known, field.child(key));
        } else {
          noSuchField(key, schema, field);
        }
      }
    }
  }

  private void noSuchField(String key, Schema schema, Field field) {
    problems.add(
        Rule.UNKNOWN_FIELD,
        field.child(key),
        "there is no such field: " + Spelling.advice(key, schema.properties().keySet()),
        null);
  }

  private static boolean hasType(@Nullable Object value, Schema schema) {
    return switch (schema.type()) {
      case object -> value instanceof Map;
      case array -> value instanceof List;
      // The API server really takes a list where a text with a format is wanted.
      case string ->
          value instanceof String || (schema.bounds().format() != null && value instanceof List);
      case integer -> isWhole(value);
      case bool -> value instanceof Boolean;
      case intOrString ->
          value instanceof String || value instanceof Long || value instanceof Integer;
    };
  }

  private static boolean isWhole(@Nullable Object value) {
    return value instanceof Long
        || value instanceof Integer
        || (value instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1L << 53);
  }

  private static String typeMessage(@Nullable Object value, Schema schema) {
    String message = "must be " + schema.type().people() + ", is " + shown(value);
    if (schema.type() == Schema.Type.string && value instanceof Boolean) {
      return message + ", as unquoted yes, no, on and off are too: put what stands there in quotes";
    }
    if (schema.type() == Schema.Type.string && value instanceof Number) {
      return message + ": write it in quotes, '" + Text.shortly(value) + "'";
    }
    if (schema.type() == Schema.Type.array && isScalar(value)) {
      return message + ": write [" + Text.shortly(value) + "]";
    }
    return value instanceof String text && isWithoutQuotes(text, schema.type())
        ? message + ": write it without quotes"
        : message;
  }

  private static boolean isWithoutQuotes(String text, Schema.Type type) {
    return type == Schema.Type.bool
        ? text.equals("true") || text.equals("false")
        : type == Schema.Type.integer && Text.isDigits(text);
  }

  private static boolean isScalar(@Nullable Object value) {
    return value instanceof Number || value instanceof Boolean || value instanceof String;
  }

  private static String shown(@Nullable Object value) {
    if (value instanceof Map || value instanceof List) {
      return value instanceof Map ? "a map" : "a list";
    }
    String kind =
        value instanceof String ? "the text " : value instanceof Number ? "the number " : "";
    return kind + Text.quoted(value);
  }

  private void map(Map<?, ?> map, Schema schema, Field field) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      Schema inside = schema.properties().get(key);
      Schema known = inside == null ? schema.values() : inside;
      if (known != null) {
        check(entry.getValue(), known, field.child(key));
      } else {
        noSuchField(key, schema, field);
      }
    }
    for (String name : schema.bounds().required()) {
      if (!map.containsKey(name)) {
        problems.add(Rule.REQUIRED, field.child(name), "is missing and has no default", null);
      }
    }
  }

  private void list(List<?> list, Schema schema, Schema items, Field field) {
    int most = schema.bounds().maxItems();
    if (most > 0 && list.size() > most) {
      problems.add(
          Rule.SIZE,
          field,
          "has " + list.size() + " entries: at most " + most + " are taken",
          null);
      return;
    }
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      Object item = list.get(i);
      check(item, items, field.index(i));
      if (schema.bounds().set() && item != null && !seen.add(item)) {
        problems.add(
            Rule.DUPLICATE,
            field.index(i),
            Text.quoted(item) + " is there twice: remove one",
            item);
      }
    }
  }

  private void text(String text, Schema.Bounds bounds, Field field) {
    if (!bounds.options().isEmpty() && !bounds.options().contains(text)) {
      String advice = Spelling.advice(text, bounds.options());
      problems.add(
          Rule.ENUM, field, Text.quoted(text) + " is not one of its values: " + advice, text);
    }
    int length = text.codePointCount(0, text.length());
    if (bounds.maxLength() > 0 && length > bounds.maxLength()) {
      problems.add(
          Rule.SIZE,
          field,
          "has " + length + " characters: at most " + bounds.maxLength() + " are taken",
          text);
    }
    if (length < bounds.minLength()) {
      problems.add(Rule.SIZE, field, "must not be empty", text);
    }
    if (bounds.pattern() != null && !matches(bounds.pattern(), text)) {
      Form form = Form.of(bounds.pattern());
      problems.add(Rule.PATTERN, field, Text.quoted(text) + " is not " + form.people(), text);
    }
    if (bounds.format() != null && !Times.isDateTime(text)) {
      problems.add(
          Rule.PATTERN,
          field,
          Text.quoted(text) + " is not a time like 2026-01-31T12:00:00Z",
          text);
    }
  }

  private static boolean matches(String pattern, String text) {
    return PATTERNS.computeIfAbsent(pattern, Pattern::compile).matcher(text).matches();
  }

  private void number(Number number, Schema.Bounds bounds, Field field) {
    Long least = bounds.minimum();
    Long most = bounds.maximum();
    boolean low = least != null && number.doubleValue() < least;
    boolean high = most != null && number.doubleValue() > most;
    if (low || high) {
      String range =
          most == null
              ? "at least " + least
              : "from " + (least == null ? "…" : least) + " to " + most;
      problems.add(
          Rule.RANGE,
          field,
          "must be " + range + ", is " + number,
          number,
          String.valueOf(low ? least : most));
    }
  }
}
