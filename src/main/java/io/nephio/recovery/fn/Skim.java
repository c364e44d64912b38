package io.nephio.recovery.fn;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a ResourceList as kpt writes it apart into its items, without parsing them: most packages
 * hold much that is not ours, and to look at its first two lines takes a hundredth of the time. An
 * item is passed over only if it is certain from its lines what it is; whatever is not written the
 * way kpt writes it is left to the parser.
 */
final class Skim {
  private static final byte[] ITEMS = ascii("items:");
  private static final byte[] RESULTS = ascii("results:");
  private static final byte[] API_VERSION = ascii("- apiVersion: ");
  private static final byte[] KIND = ascii("  kind: ");
  private static final byte[] API_VERSION_AGAIN = ascii("  apiVersion:");
  private static final byte[] KIND_AGAIN = ascii("  kind:");
  private static final byte[] OURS = ascii("recovery.nephio.io");
  private static final byte[] KPTFILE = ascii("Kptfile");

  private static final byte[] NEXT_LINE = {(byte) 0xC2, (byte) 0x85};
  private static final byte[] LINE = {(byte) 0xE2, (byte) 0x80, (byte) 0xA8};
  private static final byte[] PARAGRAPH = {(byte) 0xE2, (byte) 0x80, (byte) 0xA9};

  /**
   * A part of the input.
   *
   * @param to excluded
   */
  record Span(int from, int to) {}

  private final byte[] text;
  private final Lines lines;
  private final List<Span> frame = new ArrayList<>();
  private final List<Span> items = new ArrayList<>();
  private boolean sawItems;

  /** Whether there is something that not all readers take for the same. */
  private boolean strange;

  private Skim(byte[] text) {
    this.text = text;
    this.lines = new Lines(text);
  }

  /** Null if the input is not written as kpt does. */
  static @Nullable Skim of(byte[] text) {
    Skim skim = new Skim(text);
    return skim.run() ? skim : null;
  }

  /** The items that must be parsed. */
  List<Span> items() {
    return items;
  }

  /** Everything besides the items. */
  List<Span> frame() {
    return frame;
  }

  private boolean run() {
    int at = 0;
    while (at < text.length) {
      int end = lineEnd(at);
      if (!startsKey(at)) {
        return false;
      }
      if (startsWith(ITEMS, at) && isBlank(at + ITEMS.length, end)) {
        if (sawItems) {
          return false;
        }
        sawItems = true;
        at = items(end);
        if (at < 0) {
          return false;
        }
      } else if (startsWith(RESULTS, at)) {
        return false;
      } else {
        int from = at;
        at = sectionEnd(end);
        frame.add(new Span(from, at));
      }
    }
    return sawItems && !strange;
  }

  private boolean startsKey(int at) {
    return (text[at] >= 'a' && text[at] <= 'z');
  }

  private int sectionEnd(int from) {
    int at = from;
    while (at < text.length && (text[at] == ' ' || isLineBreak(at))) {
      at = lineEnd(at);
    }
    return at;
  }

  /** The end of the last item; negative if they are not written as kpt does. */
  private int items(int from) {
    int at = from;
    while (at < text.length && text[at] == '-') {
      int start = at;
      boolean other = isOther(start);
      lines.reset();
      at = lineEnd(at);
      int line = 0;
      while (at < text.length && (text[at] == ' ' || isLineBreak(at))) {
        int end = lineEnd(at);
        line++;
        other = other && isPlainly(line, at, end);
        at = end;
      }
      if (!other || line == 0) {
        items.add(new Span(start, at));
      }
    }
    return at < text.length && !startsKey(at) ? -1 : at;
  }

  /** Of an item's first line: whether what follows may be passed over. */
  private boolean isOther(int start) {
    int end = lineEnd(start);
    return startsWith(API_VERSION, start)
        && isWord(start + API_VERSION.length, end)
        && !contains(OURS, start, end);
  }

  private boolean isPlainly(int line, int from, int to) {
    if (line == 1) {
      return startsWith(KIND, from)
          && isWord(from + KIND.length, to)
          && !startsWith(KPTFILE, from + KIND.length);
    }
    return !startsWith(API_VERSION_AGAIN, from)
        && !startsWith(KIND_AGAIN, from)
        && lines.closed(from, content(from, to));
  }

  /** Whether the rest of the line is one plain word. */
  private boolean isWord(int from, int to) {
    int end = content(from, to);
    for (int i = from; i < end; i++) {
      byte c = text[i];
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && c != '.' && c != '/' && c != '-') {
        return false;
      }
    }
    return end > from;
  }

  private boolean isBlank(int from, int to) {
    return content(from, to) == from;
  }

  /** The end of the line without its line break. */
  private int content(int from, int to) {
    int end = to;
    while (end > from && isLineBreak(end - 1)) {
      end--;
    }
    return end;
  }

  private boolean isLineBreak(int at) {
    return text[at] == '\n' || text[at] == '\r';
  }

  /** Behind the line feed. */
  private int lineEnd(int from) {
    int at = from;
    while (at < text.length && text[at] != '\n') {
      if (text[at] < ' ') {
        strange |= isStrange(at);
      }
      at++;
    }
    return Math.min(at + 1, text.length);
  }

  /** A lone carriage return, U+0085, U+2028 or U+2029; or a control character, which is no YAML. */
  private boolean isStrange(int at) {
    if (text[at] == '\r') {
      return at + 1 == text.length || text[at + 1] != '\n';
    }
    if (text[at] >= 0) {
      return text[at] != '\t';
    }
    return startsWith(NEXT_LINE, at) || startsWith(LINE, at) || startsWith(PARAGRAPH, at);
  }

  private boolean contains(byte[] word, int from, int to) {
    for (int i = from; i + word.length <= to; i++) {
      if (startsWith(word, i)) {
        return true;
      }
    }
    return false;
  }

  private boolean startsWith(byte[] word, int from) {
    if (from + word.length > text.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (text[from + i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String word) {
    return word.getBytes(StandardCharsets.US_ASCII);
  }
}
