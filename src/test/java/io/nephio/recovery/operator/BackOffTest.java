package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.facts.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {
  @ParameterizedTest(name = "failing for {0}: again in {1}")
  @CsvSource({
    "PT-5S, PT1S",
    "PT0S, PT1S",
    "PT0.999S, PT1S",
    "PT1S, PT1S",
    "PT1M, PT1M",
    "PT1M59S, PT1M59S",
    "PT2M, PT2M",
    "PT24H, PT2M"
  })
  void asLongAgainAsItHasBeenFailing(Duration failing, Duration delay) {
    assertThat(BackOff.delay(failing)).isEqualTo(delay);
  }

  @ParameterizedTest(name = "{0} since {1}: again in {2}")
  @CsvSource({"Blocked, PT40S, PT40S", "Blocked, PT1H, PT2M", "Synced, PT1H, PT1S"})
  void countsFromWhenItWasBlocked(String condition, String since, Duration delay) {
    RemediationStatus status =
        RemediationStatus.empty()
            .withConditions(
                List.of(
                    new ConditionBuilder()
                        .withType(condition)
                        .withStatus("True")
                        .withReason("GitUnreachable")
                        .withMessage("")
                        .withLastTransitionTime(Sample.ago(since).toString())
                        .build()));

    assertThat(BackOff.retryAt(status, Duration.ZERO, Sample.NOW))
        .isEqualTo(Sample.NOW.plus(delay));
    assertThat(BackOff.retryAt(status, Duration.ofSeconds(50), Sample.NOW))
        .isEqualTo(Sample.NOW.plus(delay.toSeconds() < 50 ? Duration.ofSeconds(50) : delay));
  }

  /** From the first failure on, each pause about doubles, up to the longest one. */
  @Test
  void anHourOfFailureIsTriedFewTimes() {
    Instant begin = Sample.NOW;
    Instant at = begin;
    int tries = 0;
    while (at.isBefore(begin.plus(Duration.ofHours(1)))) {
      at = at.plus(BackOff.delay(Duration.between(begin, at)));
      tries++;
    }
    assertThat(tries).isBetween(30, 40);
  }
}
