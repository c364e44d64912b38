package io.nephio.recovery.fn;

/** Writes objects of texts and numbers in JSON, which is YAML too. */
final class Json {
  private final StringBuilder out = new StringBuilder();
  private boolean first = true;

  Json open() {
    out.append('{');
    first = true;
    return this;
  }

  Json close() {
    out.append('}');
    first = false;
    return this;
  }

  Json key(String name) {
    if (!first) {
      out.append(", ");
    }
    first = false;
    quote(name);
    out.append(": ");
    return this;
  }

  Json text(String name, String value) {
    key(name);
    quote(value);
    return this;
  }

  Json number(String name, long value) {
    key(name);
    out.append(value);
    return this;
  }

  /** Entries that are JSON already; may be none. */
  Json raw(String entries) {
    if (!entries.isEmpty()) {
      out.append(first ? "" : ", ").append(entries);
      first = false;
    }
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7F) {
        out.append(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else if (c > 0xA0
          && !Character.isSurrogate(c)
          && c != 0x2028
          && c != 0x2029
          && c < 0xFDD0) {
        out.append(c);
      } else {
        escape(Character.isSurrogate(c) ? '\uFFFD' : c);
      }
    }
    out.append('"');
  }

  private void escape(char c) {
    String hex = Integer.toHexString(c);
    out.append("\\u").append("0000", 0, 4 - hex.length()).append(hex);
  }
}
