package io.nephio.recovery.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Annotates one manifest in a file and leaves every other byte as it is: comments, quotes,
 * indentation, line ends. People review the change as a diff of a few lines, and would not if a
 * whole file were written anew.
 *
 * <p>The text is cut where the parser's marks say; whether the cut was right is not trusted to
 * them. The outcome is read again and compared with the tree that was meant, and any difference is
 * a refusal.
 */
public final class Editor {
  private static final int LONGEST = 1 << 20;

  private Editor() {}

  /**
   * Sets annotations.
   *
   * @param document which manifest of the file, from 0, as {@link Yaml#read} counts
   */
  public static Editing annotate(String text, int document, List<Annotation> annotations) {
    try {
      check(text);
      List<@Nullable Object> meant = values(text);
      if (document >= meant.size()) {
        throw new Untouchable("it has no manifest number " + (document + 1));
      }
      String edited = text;
      for (Annotation annotation : annotations) {
        edited = Surgery.set(edited, document, annotation);
        meant.set(document, set(meant.get(document), annotation.path(), annotation.value()));
      }
      if (!values(edited).equals(meant)) {
        throw new Untouchable("it is written in a form in which the change came out wrong");
      }
      return new Editing.Edited(edited);
    } catch (Untouchable e) {
      return new Editing.Refused(e.why());
    } catch (BadYaml e) {
      return new Editing.Refused(
          text.contains("{{")
              ? "it is a template ({{ }}), not a manifest"
              : "it cannot be read: " + e.text());
    }
  }

  private static void check(String text) {
    if (text.length() > LONGEST) {
      throw new Untouchable("it is longer than " + LONGEST + " characters");
    }
    if (text.indexOf('\ufffd') >= 0) {
      throw new Untouchable("it is not UTF-8");
    }
    for (int at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) {
      if (at + 1 == text.length() || text.charAt(at + 1) != '\n') {
        throw new Untouchable("a carriage return stands in it without a line feed");
      }
    }
  }

  private static List<@Nullable Object> values(String text) {
    List<@Nullable Object> values = new ArrayList<>();
    Yaml.read(text, Limits.OBJECTS).forEach(document -> values.add(document.value()));
    return values;
  }

  /** Copies what leads there, as another place may stand for the very same map. */
  private static Object set(@Nullable Object at, List<String> path, String value) {
    if (path.isEmpty()) {
      return value;
    }
    Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
    if (at instanceof Map<?, ?> map) {
      copy.putAll(map);
    }
    copy.put(path.get(0), set(copy.get(path.get(0)), path.subList(1, path.size()), value));
    return copy;
  }
}
