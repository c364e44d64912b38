package io.nephio.recovery.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nephio.recovery.judge.Memory;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A {@link Memory} as text that a person can read and that always fits into a ConfigMap. What does
 * not fit is left out: the youngest failures first, since the oldest are what memory is for.
 */
final class MemoryText {
  static final int MOST_CHARACTERS = 400_000;

  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode root = JSON.createObjectNode();
  private int left = MOST_CHARACTERS;

  private MemoryText() {}

  /** Text that is no memory. */
  static final class Unreadable extends Exception {
    Unreadable(String why) {
      super(why);
    }
  }

  static String write(Memory memory) {
    MemoryText text = new MemoryText();
    text.root.put("version", VERSION);
    text.root.put("at", memory.pass().at().toString());
    text.root.put("next", memory.pass().next().toString());
    text.put("storms", memory.storms(), Comparator.reverseOrder(), Instant::toString);
    text.put(
        "failing",
        memory.failing(),
        Comparator.comparing(Memory.Span::first),
        span -> span.first() + span.well().map(well -> "/" + well).orElse(""));
    text.put("crds", memory.crds(), Comparator.reverseOrder(), Instant::toString);
    return text.root.toString();
  }

  private <T> void put(
      String field, Map<String, T> values, Comparator<T> first, Function<T, String> written) {
    ObjectNode node = root.putObject(field);
    List<Map.Entry<String, T>> inOrder =
        values.entrySet().stream()
            .sorted(Map.Entry.<String, T>comparingByValue(first).thenComparing(Map.Entry::getKey))
            .toList();
    for (Map.Entry<String, T> entry : inOrder) {
      String value = written.apply(entry.getValue());
      left -= entry.getKey().length() + value.length() + 6;
      if (left < 0) {
        return;
      }
      node.put(entry.getKey(), value);
    }
  }

  /**
   * Reads what was written, by a clock that may have run ahead.
   *
   * @throws Unreadable with one line for people
   */
  static Memory read(String text, Instant at) throws Unreadable {
    try {
      JsonNode root = JSON.readTree(text);
      if (root.path("version").asInt() != VERSION) {
        throw new Unreadable("it is not of version " + VERSION);
      }
      return new Memory(
          map(root, "failing", value -> span(value, at)),
          map(root, "storms", value -> instant(value, at)),
          map(root, "crds", value -> instant(value, at)),
          new Memory.Pass(
              instant(root.path("at").asText(), at), Instant.parse(root.path("next").asText())));
    } catch (JsonProcessingException e) {
      throw new Unreadable("it is not JSON: " + e.getOriginalMessage());
    } catch (DateTimeException e) {
      throw new Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static <T> Map<String, T> map(JsonNode root, String field, Function<String, T> read) {
    Map<String, T> map = new HashMap<>();
    root.path(field)
        .properties()
        .forEach(e -> map.put(e.getKey(), read.apply(e.getValue().asText())));
    return map;
  }

  private static Memory.Span span(String text, Instant at) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new Memory.Span(instant(text, at), Optional.empty())
        : new Memory.Span(
            instant(text.substring(0, slash), at),
            Optional.of(instant(text.substring(slash + 1), at)));
  }

  private static Instant instant(String text, Instant at) {
    Instant read = Instant.parse(text);
    return read.isAfter(at) ? at : read;
  }
}
