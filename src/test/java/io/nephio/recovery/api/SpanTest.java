package io.nephio.recovery.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {
  @ParameterizedTest
  @CsvSource({
    "30s,                  PT30S",
    "10m,                  PT10M",
    "24h,                  PT24H",
    "500ms,                PT0.5S",
    "1h30m,                PT1H30M",
    "1m1h,                 PT1H1M",
    "90m0s,                PT1H30M",
    "1h0m5s250ms,          PT1H5.25S",
    "1h1h,                 PT2H",
    "999999h,              PT999999H",
    "999999h99999h99999h, PT1199997H",
  })
  void reads(String text, Duration duration) {
    assertThat(new Span(text).duration()).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "0s",
        "00s",
        "01s",
        "5",
        "5d",
        "1.5h",
        "-5m",
        "+5m",
        "5 m",
        "5M",
        "5m ",
        "5m\n",
        "m",
        "5ms5",
        "1000000h",
        "1h100000m",
        "99999999999999999h",
        "999999h99999h99999h99h",
        "1us",
        "PT5M",
        "٣m"
      })
  void refuses(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Span(text))
        .withMessage("'%s' is not a duration: write one like 30s, 10m or 1h30m", text);
  }
}
