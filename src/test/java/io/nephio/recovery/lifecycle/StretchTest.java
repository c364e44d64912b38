package io.nephio.recovery.lifecycle;

import static io.nephio.recovery.facts.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Approval;
import io.nephio.recovery.api.RemediationStatus.Execution;
import io.nephio.recovery.api.RemediationStatus.Outcome;
import io.nephio.recovery.plan.Entries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StretchTest {
  private static final RemediationSpec SPEC = Entries.worker(RemediationStatus.empty()).spec();

  @Test
  void everyPartOfTheTimeIsToldOnceAndPeoplesApart() {
    RemediationStatus detected = RemediationStatus.empty();
    RemediationStatus proposed = new Moves(detected, at(10)).to(Phase.Proposed, "", "");
    RemediationStatus approved =
        new Moves(proposed, at(3700))
            .to(Phase.Approved, "", "")
            .withApproval(new Approval("alice", at(3610), "merge", at(9000)));
    RemediationStatus executing =
        new Moves(approved, at(3702))
            .to(Phase.Executing, "", "")
            .withExecution(new Execution(at(3702), null, null, false));
    RemediationStatus verifying =
        new Moves(executing, at(3705))
            .to(Phase.Verifying, "", "")
            .withExecution(new Execution(at(3702), at(3705), Outcome.Done, false));
    RemediationStatus succeeded = new Moves(verifying, at(4305)).to(Phase.Succeeded, "", "");

    assertThat(told(detected, proposed)).startsWith("detect").endsWith("propose PT10S");
    assertThat(told(proposed, approved)).isEqualTo("approve PT1H");
    assertThat(told(approved, executing)).isEqualTo("wait PT1M32S");
    assertThat(told(executing, verifying)).isEqualTo("execute PT3S");
    assertThat(told(verifying, succeeded)).isEqualTo("heal PT10M");
  }

  @Test
  void aClockThatRunsBehindMakesNoTimeNegative() {
    RemediationStatus proposed =
        new Moves(RemediationStatus.empty(), at(600)).to(Phase.Proposed, "", "");
    RemediationStatus approved =
        new Moves(proposed, at(601))
            .to(Phase.Approved, "", "")
            .withApproval(new Approval("alice", at(0), "merge", at(9000)));

    assertThat(Stretch.ended(SPEC, proposed, approved))
        .isEqualTo(List.of(new Stretch("approve", Duration.ZERO)));
  }

  private static Instant at(long seconds) {
    return NOW.plusSeconds(seconds);
  }

  private static String told(RemediationStatus before, RemediationStatus after) {
    return String.join(
        ", ",
        Stretch.ended(SPEC, before, after).stream().map(s -> s.name() + " " + s.took()).toList());
  }
}
