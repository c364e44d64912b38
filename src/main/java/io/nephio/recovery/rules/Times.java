package io.nephio.recovery.rules;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times and lengths of time as the two kinds write them. */
final class Times {
  /** The API server's own, which takes any character before the fraction and any offset. */
  private static final Pattern CLOCK =
      Pattern.compile("([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))");

  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  private Times() {}

  /** Whether the API server takes it as a date-time. */
  static boolean isDateTime(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split("t", -1);
    if (parts.length < 2 || !DAY.matcher(parts[0]).matches() || !isDay(parts[0])) {
      return false;
    }
    var clock = CLOCK.matcher(parts[1]);
    return clock.matches()
        && clock.group(1).compareTo("23") <= 0
        && clock.group(2).compareTo("59") <= 0
        && clock.group(3).compareTo("59") <= 0;
  }

  private static boolean isDay(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Null if it is no time that Java, too, can read. */
  static @Nullable Instant instant(@Nullable Object value) {
    try {
      return value instanceof String text ? OffsetDateTime.parse(text).toInstant() : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Of a text that matches the pattern of durations; zero for an empty one. */
  static Duration length(String text) {
    Duration sum = Duration.ZERO;
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (Character.isDigit(text.charAt(end))) {
        end++;
      }
      long amount = Long.parseLong(text.substring(at, end));
      at = end + (text.startsWith("ms", end) ? 2 : 1);
      sum = sum.plus(of(amount, text.substring(end, at)));
    }
    return sum;
  }

  private static Duration of(long amount, String unit) {
    return switch (unit) {
      case "h" -> Duration.ofHours(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMillis(amount);
    };
  }
}
