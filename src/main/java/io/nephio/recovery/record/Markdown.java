package io.nephio.recovery.record;

import static io.nephio.recovery.api.Bounds.cut;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Foreign text inside a pull request: bounded, on one line, and never markup, a mention or a
 * reference. Gitea takes {@code #5}, {@code !5} and the whole address of an issue for one, also in
 * a commit message, and may close what is meant.
 */
public final class Markdown {
  private static final int LONGEST = 200;
  private static final int LONGEST_SENTENCE = 512;
  private static final String REFERENCE = "([@#]|!(?=[0-9])|:(?=//)|www(?=[.]))";

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private Markdown() {}

  /** What fits a cell of a table. */
  static String plain(String text) {
    return escaped(cut(oneLine(text), LONGEST));
  }

  /** What stands in a sentence, or is one. */
  public static String sentence(String text) {
    return escaped(cut(oneLine(text), LONGEST_SENTENCE));
  }

  private static String escaped(String line) {
    return line.replaceAll("([\\\\`*_{}\\[\\]<>|~!&$])", "\\\\$1")
        .replaceAll(REFERENCE, "$1\u200b");
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{C}\\s]+", " ").strip();
  }

  /** Foreign text in a commit message, which is no Markdown. */
  static String line(String text) {
    return oneLine(text).replaceAll(REFERENCE, "$1\u200b");
  }

  /** An identifier in a code span; Kubernetes names hold no backtick. */
  public static String code(String text) {
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
