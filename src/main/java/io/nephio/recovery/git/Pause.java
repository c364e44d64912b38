package io.nephio.recovery.git;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long the server, or a proxy before it, wants to be left alone. Until then nothing is asked of
 * it, by git or by its API; but whoever asks for an hour is asked again before that.
 */
public final class Pause {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private final InstantSource clock;
  private volatile Until until = new Until(Instant.EPOCH, "");

  private record Until(Instant end, String text) {}

  Pause(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * An answer has come.
   *
   * @param retryAfter the header of that name, if there is one
   */
  public void heed(int status, @Nullable String retryAfter) {
    if (retryAfter != null && (status == TOO_MANY_REQUESTS || status == UNAVAILABLE)) {
      Instant now = clock.instant();
      Instant end = now.plus(asked(retryAfter, now));
      if (end.isAfter(until.end())) {
        until =
            new Until(
                end,
                status
                    + ": it wants to be left alone until "
                    + end.truncatedTo(ChronoUnit.SECONDS));
      }
    }
  }

  /** Why nothing is to be asked now; empty if it may be. */
  public Optional<String> reason() {
    return left().isZero() ? Optional.empty() : Optional.of(until.text());
  }

  /** How long it lasts yet; zero if it does not. */
  public Duration left() {
    return bounded(Duration.between(clock.instant(), until.end()));
  }

  /** Seconds, or a date; nothing for what is neither. */
  static Duration asked(String retryAfter, Instant now) {
    String text = retryAfter.strip();
    if (text.matches("[0-9]{1,9}")) {
      return bounded(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
      return bounded(Duration.between(now, date));
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  private static Duration bounded(Duration pause) {
    if (pause.isNegative()) {
      return Duration.ZERO;
    }
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }
}
