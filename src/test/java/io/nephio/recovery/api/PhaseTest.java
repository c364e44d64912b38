package io.nephio.recovery.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseTest {
  @ParameterizedTest
  @CsvSource({
    "Detected,       true,  false",
    "Proposed,       true,  false",
    "Approved,       true,  false",
    "Executing,      true,  true",
    "WaitingForSync, true,  true",
    "Verifying,      true,  true",
    "Succeeded,      false, false",
    "Failed,         false, false",
    "Unknown,        false, false",
    "Rejected,       false, false",
    "Healed,         false, false",
    "Superseded,     false, false",
    "Expired,        false, false",
    "Refused,        false, false",
  })
  void isOpenOrOver(Phase phase, boolean open, boolean inFlight) {
    assertThat(phase.open()).isEqualTo(open);
    assertThat(phase.inFlight()).isEqualTo(inFlight);
    assertThat(phase.terminal()).isEqualTo(!open);
  }
}
