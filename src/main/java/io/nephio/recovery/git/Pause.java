package io.nephio.recovery.git;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long the server, or a proxy before it, wants to be left alone. Until then nothing is asked of
 * it, by git or by its API; but whoever asks for an hour is asked again before that.
 */
public final class Pause {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final int LOCKED = 423;
  private static final int TOO_MANY_REQUESTS = 429;

  /** A date as it is written now, and as it once was. */
  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss zzz", Locale.ENGLISH),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
              .withZone(ZoneOffset.UTC));

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
   * @param date the header of that name: a date is meant by the clock that wrote it
   */
  public void heed(int status, @Nullable String retryAfter, @Nullable String date) {
    if (retryAfter != null && (status == LOCKED || status == TOO_MANY_REQUESTS || status >= 500)) {
      Instant now = clock.instant();
      Instant there = date == null ? now : date(date.strip()).orElse(now);
      Instant end = now.plus(asked(retryAfter.strip(), there));
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
  private static Duration asked(String text, Instant there) {
    if (text.matches("[0-9]+")) {
      BigInteger most = BigInteger.valueOf(LONGEST.toSeconds());
      return Duration.ofSeconds(new BigInteger(text).min(most).longValue());
    }
    return date(text).map(date -> bounded(Duration.between(there, date))).orElse(Duration.ZERO);
  }

  private static Optional<Instant> date(String text) {
    return DATES.stream().flatMap(form -> date(form, text).stream()).findFirst();
  }

  private static Optional<Instant> date(DateTimeFormatter form, String text) {
    try {
      return Optional.of(Instant.from(form.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration pause) {
    if (pause.isNegative()) {
      return Duration.ZERO;
    }
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }
}
