package io.nephio.recovery.observe;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An object as it was parsed. What is not there, or is not what was asked for, is absent: people
 * write these files, and two contracts write different paths.
 */
public record Tree(Map<String, Object> fields) {

  /** Numbers and booleans count as their text: an unquoted name may look like one. */
  public Optional<String> string(String... path) {
    Object value = at(path);
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? Optional.of(value.toString())
        : Optional.empty();
  }

  public String text(String... path) {
    return string(path).orElse("");
  }

  public Optional<Boolean> bool(String... path) {
    return at(path) instanceof Boolean value ? Optional.of(value) : Optional.empty();
  }

  /** The objects in a list. */
  public List<Tree> list(String... path) {
    return at(path) instanceof List<?> items
        ? items.stream().flatMap(item -> of(item).stream()).toList()
        : List.of();
  }

  /** The scalars in a list. */
  public List<String> texts(String... path) {
    return at(path) instanceof List<?> items
        ? items.stream()
            .filter(i -> i instanceof String || i instanceof Number || i instanceof Boolean)
            .map(String::valueOf)
            .toList()
        : List.of();
  }

  /** Empty when there is none. */
  public Tree tree(String... path) {
    return of(at(path)).orElseGet(() -> new Tree(Map.of()));
  }

  public boolean has(String... path) {
    return at(path) != null;
  }

  /** The scalar entries of a map of texts, such as labels. */
  public Map<String, String> map(String... path) {
    Tree map = tree(path);
    Map<String, String> texts = new LinkedHashMap<>();
    map.fields.keySet().forEach(key -> map.string(key).ifPresent(v -> texts.put(key.intern(), v)));
    return Map.copyOf(texts);
  }

  public Optional<Instant> instant(String... path) {
    return string(path).flatMap(Tree::time);
  }

  public String kind() {
    return text("kind");
  }

  public String apiVersion() {
    return text("apiVersion");
  }

  public String name() {
    return text("metadata", "name");
  }

  public String namespace() {
    return text("metadata", "namespace");
  }

  /** Whether this is of the kind and its API group, in whatever version. */
  public boolean is(String group, String kind) {
    return kind().equals(kind)
        && (group.isEmpty() ? !apiVersion().contains("/") : apiVersion().startsWith(group + "/"));
  }

  /** A tree of a parsed map; nothing for any other value. */
  public static Optional<Tree> of(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    if (map.entrySet().stream()
        .allMatch(e -> e.getKey() instanceof String && e.getValue() != null)) {
      @SuppressWarnings("unchecked") // Just looked at.
      Map<String, Object> plain = (Map<String, Object>) map;
      return Optional.of(new Tree(plain));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    map.forEach(
        (key, item) -> {
          if (key != null && item != null) {
            fields.put(key.toString(), item);
          }
        });
    return Optional.of(new Tree(fields));
  }

  /** Parsing is most of the work on a large dump, and nearly all times are written like this. */
  private static final Pattern PLAIN =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");

  /** A time as Kubernetes writes it; empty for any other text. */
  public static Optional<Instant> time(String text) {
    try {
      if (text.length() == 20 && PLAIN.matcher(text).matches()) {
        return Optional.of(
            LocalDateTime.of(
                    digits(text, 0, 4),
                    digits(text, 5, 7),
                    digits(text, 8, 10),
                    digits(text, 11, 13),
                    digits(text, 14, 16),
                    digits(text, 17, 19))
                .toInstant(ZoneOffset.UTC));
      }
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int digits(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  private @Nullable Object at(String... path) {
    Object value = fields;
    for (String key : path) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return value;
  }

  /** Tells every scalar in the tree, with the key it stands under. */
  public void leaves(BiConsumer<String, Object> told) {
    leaves("", fields, told);
  }

  private static void leaves(String key, @Nullable Object value, BiConsumer<String, Object> told) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((k, v) -> leaves(String.valueOf(k), v, told));
    } else if (value instanceof List<?> list) {
      list.forEach(item -> leaves(key, item, told));
    } else if (value != null) {
      told.accept(key, value);
    }
  }
}
