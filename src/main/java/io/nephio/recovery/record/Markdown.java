package io.nephio.recovery.record;

import static io.nephio.recovery.api.Bounds.cut;

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
        .replaceAll("([\\\\`*_{}\\[\\]<>|~!])", "\\\\$1")
        .replaceAll("(@|#|:(?=//)|www(?=[.]))", "$1\u200b");
  }

  /** Foreign text in a commit message: on one line, and no word to Gitea that closes an issue. */
  static String line(String text) {
    return text.replaceAll("[\\p{C}\\s]+", " ").strip().replaceAll("([@#])", "$1\u200b");
  }

  /** An identifier in a code span; Kubernetes names hold no backtick. */
  static String code(String text) {
    String line = text.replaceAll("[\\p{C}\\s`|]+", " ").strip();
    return "`" + cut(line, LONGEST) + "`";
  }

  /** Of a table of two columns. */
  static String row(String name, String value) {
    return "| " + name + " | " + value + " |\n";
  }

  static String minute(Instant instant) {
    return MINUTE.format(instant);
  }
}
