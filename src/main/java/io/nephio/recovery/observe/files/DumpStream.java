package io.nephio.recovery.observe.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code kubectl cluster-info dump} prints: JSON objects one after the other, with the logs of
 * all containers between them.
 */
final class DumpStream {
  private static final String LOGS_BEGIN = "==== START logs for container";
  private static final String LOGS_END = "==== END logs for container";
  private static final ObjectReader READER =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .readerFor(Object.class);

  private DumpStream() {}

  /** The text without the logs, whose lines may look like anything. */
  static String withoutLogs(String text) {
    if (!text.contains(LOGS_BEGIN)) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    boolean logs = false;
    for (String line : text.split("\n", -1)) {
      boolean begins = line.startsWith(LOGS_BEGIN);
      boolean ends = line.startsWith(LOGS_END);
      logs |= begins;
      if (!logs && !ends) {
        kept.append(line).append('\n');
      }
      logs &= !ends;
    }
    return kept.toString();
  }

  /** All values, if the text is JSON throughout; YAML may begin like it, and is read as such. */
  static Optional<List<Object>> json(String text) {
    if (!text.stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    try (MappingIterator<Object> all = READER.readValues(text)) {
      while (all.hasNextValue()) {
        values.add(all.nextValue());
      }
      return Optional.of(values);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
