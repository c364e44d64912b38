package io.nephio.recovery.operator;

import static io.nephio.recovery.facts.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {
  private static final Condition BEFORE =
      Conditions.now(List.of(), "GitReady", false, "Missing", "no Secret", 1, NOW.minusSeconds(60));

  @ParameterizedTest(name = "{0}={1} {2}")
  @CsvSource({
    "GitReady, false, Missing, 2026-03-01T11:59:00Z",
    "GitReady, false, Refused, 2026-03-01T11:59:00Z",
    "GitReady, true, Ready, 2026-03-01T12:00:00Z",
    "Conflict, false, Missing, 2026-03-01T12:00:00Z",
  })
  void theTransitionTimeMovesOnlyWithTheStatus(
      String type, boolean status, String reason, String since) {
    Condition now = Conditions.now(List.of(BEFORE), type, status, reason, "now", 2, NOW);

    assertThat(now.getStatus()).isEqualTo(status ? "True" : "False");
    assertThat(now.getReason()).isEqualTo(reason);
    assertThat(now.getMessage()).isEqualTo("now");
    assertThat(now.getObservedGeneration()).isEqualTo(2);
    assertThat(now.getLastTransitionTime()).isEqualTo(since);
  }

  @Test
  void timesAreWholeSeconds() {
    assertThat(
            Conditions.now(List.of(), "Valid", true, "Valid", "", 1, NOW.plusMillis(900))
                .getLastTransitionTime())
        .isEqualTo("2026-03-01T12:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({"GitReady, true", "gitready, false", "Valid, false"})
  void isFoundByItsType(String type, boolean found) {
    assertThat(Conditions.find(List.of(BEFORE), type).isPresent()).isEqualTo(found);
  }
}
