package io.nephio.recovery.observe.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON values, one after the other, without what nobody asks of them: nine tenths of a dump are pod
 * templates, environments and managed fields, and building them would be most of the work. Of what
 * is left out, only the times of observations stay, since they date the input.
 */
final class JsonStream {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonParser parser;

  private JsonStream(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * All values.
   *
   * @throws IOException if the bytes are not JSON throughout
   */
  static List<Object> read(byte[] bytes, int offset) throws IOException {
    List<Object> values = new ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(bytes, offset, bytes.length - offset)) {
      JsonStream stream = new JsonStream(parser);
      while (parser.nextToken() != null) {
        Object value = stream.value(Slim.UNKNOWN);
        if (value != null) {
          values.add(value);
        }
      }
    }
    return values;
  }

  /** At its first token, and at its last when it is read. */
  private @Nullable Object value(Slim slim) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(slim);
      case START_ARRAY -> array(slim);
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      default -> null;
    };
  }

  private Map<String, Object> object(Slim given) throws IOException {
    Slim slim = given;
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      Object value =
          switch (slim.of(name)) {
            case DROP -> dropped();
            case SKIM -> skimmed(name);
            case KEEP -> value(slim.under(name));
          };
      if (value != null && fields.put(name, value) != null) {
        throw new JsonParseException(parser, "duplicate key " + name);
      }
      slim = slim.knowing(name, value);
    }
    return fields;
  }

  private List<Object> array(Slim slim) throws IOException {
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object item = value(slim);
      if (item != null) {
        items.add(item);
      }
    }
    return items;
  }

  private @Nullable Object dropped() throws IOException {
    parser.skipChildren();
    return null;
  }

  /** Only the times of observations; nothing if there are none. */
  private @Nullable Object skimmed(String name) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> Newest.OBSERVED.contains(name) ? parser.getText() : null;
      case START_OBJECT -> skimmedObject();
      case START_ARRAY -> skimmedArray(name);
      default -> null;
    };
  }

  private @Nullable Map<String, Object> skimmedObject() throws IOException {
    Map<String, Object> times = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      Object value = skimmed(name);
      if (value != null) {
        times = times == null ? new LinkedHashMap<>() : times;
        times.put(name, value);
      }
    }
    return times;
  }

  private @Nullable List<Object> skimmedArray(String name) throws IOException {
    List<Object> times = null;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object value = skimmed(name);
      if (value != null) {
        times = times == null ? new ArrayList<>() : times;
        times.add(value);
      }
    }
    return times;
  }
}
