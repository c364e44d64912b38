package io.nephio.recovery.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedTest {
  @ParameterizedTest
  @CsvSource({
    "PT-1S, 0s",
    "PT0S, 0s",
    "PT0.9S, 0s",
    "PT45S, 45s",
    "PT59.999S, 59s",
    "PT1M, 1m",
    "PT1M1S, 1m1s",
    "PT4M59S, 4m59s",
    "PT5M1S, 5m",
    "PT12M30S, 12m",
    "PT59M59S, 59m",
    "PT1H, 1h",
    "PT1H5M, 1h5m",
    "PT1H59S, 1h",
    "PT23H59M59S, 23h59m",
    "PT24H, 1d",
    "PT24H59M, 1d",
    "PT74H, 3d2h",
  })
  void writesDurationsAsPeopleDo(Duration elapsed, String text) {
    assertThat(Elapsed.text(elapsed)).isEqualTo(text);
  }
}
