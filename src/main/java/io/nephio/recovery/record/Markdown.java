package io.nephio.recovery.record;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Foreign text inside a pull request: bounded, on one line, and never markup or a mention. */
final class Markdown {
  private static final int LONGEST = 200;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private Markdown() {}

  static String plain(String text) {
    String line = text.replaceAll("[\\p{C}\\s]+", " ").strip();
    return cut(line, LONGEST)
        .replaceAll("([\\\\`*_{}\\[\\]<>|#~!])", "\\\\$1")
        .replace("@", "@\u200b");
  }

  /** An identifier in a code span; Kubernetes names hold no backtick. */
  static String code(String text) {
    String line = text.replaceAll("[\\p{C}\\s`|]+", " ").strip();
    return "`" + cut(line, LONGEST) + "`";
  }

  static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  static String minute(Instant instant) {
    return MINUTE.format(instant);
  }
}
