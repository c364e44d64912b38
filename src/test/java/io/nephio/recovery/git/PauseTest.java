package io.nephio.recovery.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PauseTest {
  private static final Instant NOW = Instant.parse("2026-11-26T05:24:00Z");
  private final AtomicReference<Instant> at = new AtomicReference<>(NOW);
  private final Pause pause = new Pause(at::get);

  @ParameterizedTest(name = "{0}, Retry-After {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "429 | 7                             | PT7S",
        "503 | 7                             | PT7S",
        "429 | 0                             | PT0S",
        "429 | 3600                          | PT2M",
        "429 | 99999999999                   | PT2M",
        "429 | 99999999999999999999999999999 | PT2M",
        "429 | 00000000000000000000000000007 | PT7S",
        "429 | -5                            | PT0S",
        "429 | soon                          | PT0S",
        "429 | Thu, 26 Nov 2026 05:24:30 GMT | PT30S",
        "429 | Thu, 26 Nov 2026 05:23:30 GMT | PT0S",
        "429 | Fri, 27 Nov 2026 05:24:30 GMT | PT2M",
        "429 | Thursday, 26-Nov-26 05:24:30 GMT | PT30S",
        "429 | Thu Nov 26 05:24:30 2026      | PT30S",
        "429 | Thu, 26 Nov 2026 25:24:30 GMT | PT0S",
        "429 |                               | PT0S",
        "423 | 7                             | PT7S",
        "500 | 7                             | PT7S",
        "502 | 7                             | PT7S",
        "504 | 7                             | PT7S",
        "200 | 7                             | PT0S",
        "301 | 7                             | PT0S",
        "404 | 7                             | PT0S",
      })
  void isHeededWithinBounds(int status, String retryAfter, Duration left) {
    pause.heed(status, retryAfter, null);
    assertThat(pause.left()).isEqualTo(left);
    assertThat(pause.reason().isPresent()).isEqualTo(!left.isZero());
  }

  /** Its clock may be far from this one. */
  @ParameterizedTest(name = "at {1}, Retry-After {0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Thu, 26 Nov 2026 07:00:30 GMT    | Thu, 26 Nov 2026 07:00:00 GMT    | PT30S",
        "Thu, 26 Nov 2026 03:00:30 GMT    | Thu, 26 Nov 2026 03:00:00 GMT    | PT30S",
        "Thu Nov  5 07:00:30 2026         | Thursday, 05-Nov-26 07:00:00 GMT | PT30S",
        "Thursday, 26-Nov-26 07:00:30 GMT | Thu Nov 26 07:00:00 2026         | PT30S",
        "Thu, 26 Nov 2026 07:00:00 GMT    | Thu, 26 Nov 2026 07:00:30 GMT    | PT0S",
        "Thu, 26 Nov 2026 05:24:30 GMT    | yesterday                        | PT30S",
        "7                                | Thu, 26 Nov 2026 07:00:30 GMT    | PT7S",
      })
  void aDateIsMeantByTheClockOfTheServer(String retryAfter, String date, Duration left) {
    pause.heed(503, retryAfter, date);
    assertThat(pause.left()).isEqualTo(left);
  }

  @Test
  void theLongestCountsUntilItIsOver() {
    pause.heed(429, "60", null);
    pause.heed(503, "5", null);
    at.set(NOW.plusSeconds(59));
    assertThat(pause.reason())
        .contains("429: it wants to be left alone until 2026-11-26T05:25:00Z");
    at.set(NOW.plusSeconds(60));
    assertThat(pause.reason()).isEmpty();
  }

  /** A clock that was set back by a day does not make it last for a day. */
  @Test
  void aClockThatIsSetBackMakesItNoLonger() {
    pause.heed(429, "60", null);
    at.set(NOW.minus(Duration.ofDays(1)));
    assertThat(pause.left()).isEqualTo(Duration.ofMinutes(2));
  }
}
