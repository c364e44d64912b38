package io.nephio.recovery.facts;

import java.time.Duration;

/**
 * Durations as people write them in a policy: {@code 45s}, {@code 12m}, {@code 1h5m}, {@code 3d2h}.
 */
public final class Elapsed {
  private Elapsed() {}

  /** The two largest units, rounded down; {@code 0s} for nothing or less. */
  public static String text(Duration elapsed) {
    long seconds = Math.max(0, elapsed.toSeconds());
    long days = seconds / 86_400;
    long hours = seconds / 3_600 % 24;
    long minutes = seconds / 60 % 60;
    if (days > 0) {
      return days + "d" + (hours > 0 ? hours + "h" : "");
    }
    if (hours > 0) {
      return hours + "h" + (minutes > 0 ? minutes + "m" : "");
    }
    if (minutes > 0) {
      return minutes + "m" + (seconds % 60 > 0 && minutes < 5 ? seconds % 60 + "s" : "");
    }
    return seconds + "s";
  }
}
