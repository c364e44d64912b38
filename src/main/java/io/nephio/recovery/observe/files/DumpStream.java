package io.nephio.recovery.observe.files;

/**
 * What {@code kubectl cluster-info dump} prints: JSON objects one after the other, with the logs of
 * all containers between them.
 *
 * @param objects the text without the logs, whose lines may look like anything
 * @param cutOff whether the last logs have no end
 */
record DumpStream(String objects, boolean cutOff) {
  private static final String LOGS_BEGIN = "==== START logs for container";
  private static final String LOGS_END = "==== END logs for container";

  static DumpStream of(String text) {
    if (!text.contains(LOGS_BEGIN)) {
      return new DumpStream(text, false);
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
    return new DumpStream(kept.toString(), logs);
  }
}
