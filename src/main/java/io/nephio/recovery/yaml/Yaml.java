package io.nephio.recovery.yaml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads every document of a text. */
public final class Yaml {
  private static final int SMALLEST_BUFFER = 1024;
  private static final int LARGEST_BUFFER = 1 << 20;

  private Yaml() {}

  /**
   * All documents, the empty ones left out.
   *
   * @throws BadYaml if the text is no YAML, has a key twice, or goes beyond a limit
   */
  public static List<YamlDocument> read(String text, Limits limits) {
    if (text.length() > limits.characters()) {
      throw new BadYaml(0, "longer than " + limits.characters() + " characters: not read");
    }
    try {
      LoadSettings settings = settings(text.length());
      ParserImpl events = new ParserImpl(settings, new StreamReader(settings, text));
      List<YamlDocument> documents = new ArrayList<>();
      while (events.hasNext()) {
        Event event = events.next();
        if (event.getEventId() == Event.ID.DocumentStart) {
          YamlDocument document = new TreeBuilder(events, limits).document();
          if (document.value() != null) {
            documents.add(document);
          }
        }
      }
      return documents;
    } catch (MarkedYamlEngineException e) {
      Mark mark = e.getProblemMark().orElse(null);
      throw new BadYaml(mark == null ? 0 : mark.getLine() + 1, "not YAML: " + e.getProblem());
    } catch (ReaderException e) {
      throw new BadYaml(
          0, "not YAML: the character U+%04X is not allowed in it".formatted(e.getCodePoint()));
    } catch (YamlEngineException | IndexOutOfBoundsException | IllegalArgumentException e) {
      // The engine lets some of the Java library's exceptions through, for broken escapes for one.
      throw new BadYaml(0, "not YAML: " + oneLine(e.getMessage()));
    }
  }

  /**
   * The reader copies all it holds each time its buffer runs out, so millions of spaces through a
   * small one take a minute.
   */
  private static LoadSettings settings(int length) {
    return LoadSettings.builder()
        .setCodePointLimit(Integer.MAX_VALUE)
        .setBufferSize(Math.max(SMALLEST_BUFFER, Math.min(length + 1, LARGEST_BUFFER)))
        .build();
  }

  private static String oneLine(@Nullable String text) {
    return String.valueOf(text).replaceAll("\\s+", " ").trim();
  }
}
