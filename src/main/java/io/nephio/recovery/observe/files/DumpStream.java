package io.nephio.recovery.observe.files;

/**
 * What {@code kubectl cluster-info dump} prints: JSON objects one after the other, with the logs of
 * all containers between them.
 */
final class DumpStream {
  private static final String LOGS_BEGIN = "==== START logs for container";
  private static final String LOGS_END = "==== END logs for container";

  private DumpStream() {}

  /** The text without the logs, whose lines may look like anything. */
  static String withoutLogs(String text) {
    if (!text.contains(LOGS_BEGIN)) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    boolean logs = false;
    for (String line : text.split("\n", -1)) {
      boolean begins = line.startsWith(LOGS_BEGIN);
      boolean ends = line.startsWith(LOGS_END);
      logs |= begins;
      if (!logs && !ends) {
        kept.append(line).append('\n');
      }
      logs &= !ends;
    }
    return kept.toString();
  }
}
