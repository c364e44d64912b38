package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server says between two instants of our own clock, and how far that is off. */
class ServerClockTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 01 Mar 2026 12:00:00 GMT | 2026-03-01T12:00:00Z | 2026-03-01T12:00:01Z | PT0S",
        "Sun, 01 Mar 2026 12:00:02 GMT | 2026-03-01T12:00:00Z | 2026-03-01T12:00:00Z | PT0S",
        "Sun, 01 Mar 2026 12:00:00 GMT | 2026-03-01T11:59:58Z | 2026-03-01T12:00:03Z | PT0S",
        "Sun, 01 Mar 2026 12:00:00 GMT | 2026-03-01T12:10:00Z | 2026-03-01T12:10:01Z | PT-10M",
        "Sun, 01 Mar 2026 12:10:00 GMT | 2026-03-01T12:00:00Z | 2026-03-01T12:00:00Z | PT10M0.5S",
      })
  void aWholeSecondMoreOrLessIsNone(String date, Instant before, Instant after, Duration offset) {
    assertThat(ServerClock.offset(date, before, after)).isEqualTo(offset);
  }
}
