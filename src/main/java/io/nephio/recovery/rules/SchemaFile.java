package io.nephio.recovery.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of {@code crds/}, digested when they are generated, for parsing 1,300 lines of YAML
 * at every start would take longer than all checks. One line per field, indented below its parent:
 *
 * <pre>name TAB type TAB bound=value TAB …</pre>
 */
final class SchemaFile {
  /** Below an object with any keys stands what its values are, below a list what its items are. */
  static final String ANY = "*";

  private final String[] lines;
  private int next;

  private SchemaFile(String[] lines) {
    this.lines = lines;
  }

  /** The schema of the kind, from the class path. */
  static Schema load(String kind) {
    try (InputStream file = SchemaFile.class.getResourceAsStream(kind + ".schema")) {
      if (file == null) {
        throw new IllegalStateException(kind + ".schema is not in the jar");
      }
      return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Schema parse(String text) {
    return new SchemaFile(text.split("\n", 0)).node();
  }

  private Schema node() {
    String line = lines[next++];
    int depth = depth(line);
    String[] words = line.split("\t", -1);
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      given.put(words[i].substring(0, equals), words[i].substring(equals + 1));
    }
    Schema.Type type = Schema.Type.valueOf(words[1]);
    Map<String, Schema> properties = new LinkedHashMap<>();
    Schema below = null;
    while (next < lines.length && depth(lines[next]) > depth) {
      String name = lines[next].substring(depth + 1, lines[next].indexOf('\t'));
      if (name.equals(ANY)) {
        below = node();
      } else {
        properties.put(name, node());
      }
    }
    boolean list = type == Schema.Type.array;
    return new Schema(
        type,
        properties,
        list ? null : below,
        list ? below : null,
        bounds(given),
        fallback(type, given.get("default")));
  }

  private static Schema.Bounds bounds(Map<String, String> given) {
    return new Schema.Bounds(
        words(given.get("required")),
        words(given.get("enum")),
        given.get("pattern"),
        given.get("format"),
        number(given.get("minimum")),
        number(given.get("maximum")),
        length(given.get("minLength")),
        length(given.get("maxLength")),
        length(given.get("maxItems")),
        given.containsKey("set"));
  }

  private static @Nullable Object fallback(Schema.Type type, @Nullable String text) {
    if (text == null) {
      return null;
    }
    return switch (type) {
      case object -> Map.of();
      case array -> List.of();
      case integer -> Long.valueOf(text);
      case bool -> Boolean.valueOf(text);
      case string, intOrString -> text;
    };
  }

  private static List<String> words(@Nullable String text) {
    return text == null ? List.of() : List.of(text.split(",", -1));
  }

  private static @Nullable Long number(@Nullable String text) {
    return text == null ? null : Long.valueOf(text);
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : Integer.parseInt(text);
  }

  private static int depth(String line) {
    int depth = 0;
    while (line.charAt(depth) == ' ') {
      depth++;
    }
    return depth;
  }
}
