package io.nephio.recovery.rules;

import org.jspecify.annotations.Nullable;

/** Foreign text in our messages: on one line, and never much of it. */
final class Text {
  private static final int LONGEST = 80;

  private Text() {}

  static String shortly(@Nullable Object value) {
    String text = String.valueOf(value);
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length() && line.length() < LONGEST; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean shown = c >= ' ' && c != 0x7F && Character.isDefined(c) && !isSurrogate(c);
      line.appendCodePoint(shown && c != 0x85 && c != 0x2028 && c != 0x2029 ? c : ' ');
    }
    return line.length() < LONGEST ? line.toString() : line.append('…').toString();
  }

  static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  /** Between quotes if it is a text, as it stands if it is something else. */
  static String quoted(@Nullable Object value) {
    return value instanceof String ? "'" + shortly(value) + "'" : shortly(value);
  }
}
