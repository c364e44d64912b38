package io.nephio.recovery.fn;

/**
 * Tells of lines of block-style YAML whether every quoted or flow-style value that begins on them
 * also ends on them. Where that holds for all lines before, a line that starts with a key really is
 * that key, and not the inside of some text. Content of block scalars ({@code |} and {@code >}) is
 * passed over. In doubt the answer is no.
 */
final class Lines {
  private static final int NONE = -1;

  private final byte[] text;

  /** The column that content of the open block scalar stands right of. */
  private int scalar = NONE;

  Lines(byte[] text) {
    this.text = text;
  }

  /** What is open is forgotten: a new item begins. */
  void reset() {
    scalar = NONE;
  }

  /** Whether the line from here to there, its end excluded, leaves nothing open. */
  boolean closed(int from, int to) {
    int end = trimmed(from, to);
    int at = from;
    while (at < end && text[at] == ' ') {
      at++;
    }
    if (at == end || (scalar != NONE && at - from > scalar)) {
      return true;
    }
    scalar = NONE;
    int owner = at;
    while (at + 1 < end && text[at] == '-' && text[at + 1] == ' ') {
      owner = at;
      at += 2;
      while (at < end && text[at] == ' ') {
        at++;
      }
    }
    return at == end || value(from, owner, at, end);
  }

  private int trimmed(int from, int to) {
    int end = to;
    while (end > from && (text[end - 1] == ' ' || text[end - 1] == '\r')) {
      end--;
    }
    return end;
  }

  /** A value at {@code at}, that belongs to the key or dash at {@code owner}. */
  private boolean value(int line, int owner, int at, int end) {
    return switch (text[at]) {
      case '"', '\'' -> rest(line, at, quoted(at, end), end);
      case '[', '{' -> rest(line, at, flow(at, end), end);
      case '|', '>' -> block(line, owner, at);
      case '#' -> true;
      case '&', '*', '!', '?', '%', '@', '`', '\t', '<' -> false;
      default -> plain(line, at, end);
    };
  }

  private boolean block(int line, int owner, int at) {
    scalar = owner - line;
    // Without a key or a dash before it, nobody knows from this line what it belongs to.
    return owner != at;
  }

  private boolean plain(int line, int at, int end) {
    int colon = colon(at, end);
    return colon == NONE || rest(line, at, colon, end);
  }

  /** What follows a value: nothing, a comment, or a colon and the value of the key it was. */
  private boolean rest(int line, int owner, int after, int end) {
    if (after == NONE) {
      return false;
    }
    int at = after;
    while (at < end && text[at] == ' ') {
      at++;
    }
    if (at == end || (text[at] == '#' && at > after)) {
      return true;
    }
    if (text[at] != ':') {
      return false;
    }
    at++;
    int value = at;
    while (value < end && text[value] == ' ') {
      value++;
    }
    return value == end || (value > at && value(line, owner, value, end));
  }

  /** The colon that ends a plain key. */
  private int colon(int from, int end) {
    for (int i = from; i < end; i++) {
      if (text[i] == ':' && (i + 1 == end || text[i + 1] == ' ')) {
        return i;
      }
      if (text[i] == '\t' || (text[i] == '#' && text[i - 1] == ' ')) {
        return NONE;
      }
    }
    return NONE;
  }

  private int quoted(int from, int end) {
    byte quote = text[from];
    for (int i = from + 1; i < end; i++) {
      if (text[i] == '\\' && quote == '"') {
        i++;
      } else if (text[i] == quote) {
        if (quote == '\'' && i + 1 < end && text[i + 1] == '\'') {
          i++;
        } else {
          return i + 1;
        }
      }
    }
    return NONE;
  }

  private int flow(int from, int end) {
    int depth = 0;
    for (int i = from; i < end; i++) {
      switch (text[i]) {
        case '[', '{' -> depth++;
        case ']', '}' -> depth--;
        case '"', '\'' -> {
          int after = quoted(i, end);
          if (after == NONE) {
            return NONE;
          }
          i = after - 1;
        }
        default -> {}
      }
      if (depth == 0) {
        return i + 1;
      }
    }
    return NONE;
  }
}
