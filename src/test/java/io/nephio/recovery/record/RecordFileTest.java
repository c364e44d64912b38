package io.nephio.recovery.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.FailureClass;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.Span;
import io.nephio.recovery.plan.Review;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordFileTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final RemediationSpec SPEC =
      new RemediationSpec(
          Action.ReplaceNode,
          AT.plusSeconds(3600),
          "",
          new RemediationSpec.PolicyRef("default", "default", "p1", 1L),
          new RemediationSpec.ClusterIdentity("default", "edge01", "c1", ""),
          new RemediationSpec.Target("v1", "Node", null, "n1", "u1"),
          new RemediationSpec.MachineRef("default", "m1", "u2"),
          null,
          null,
          "NodeNotReady",
          FailureClass.Machine,
          "12e34567",
          "9a8b7c6d",
          1,
          AT,
          AT,
          new Span("30m"),
          new Span("10m"),
          "1 of 6 Machines unhealthy, limit 2",
          List.of());
  private static final String TEXT = RecordFile.text("edge01-node-n1-12e34567", SPEC);

  @ParameterizedTest
  @CsvSource({
    "ReplaceNode, ReplaceMachine, spec.action",
    "u2, u3, spec.machine.uid",
    "12e34567, 12e34568, metadata.name",
    "2026-01-01T01:00:00Z, 2026-01-01T02:00:00Z, spec.expiresAt",
    "Remediation, Other, kind",
  })
  void whatAReviewerMayNotChangeIsNamed(String from, String to, String field) {
    Review review =
        review(TEXT.replace('"' + from + '"', '"' + to + '"').replace("-" + from, "-" + to));
    assertThat(review).isInstanceOf(Review.Edited.class);
    assertThat(((Review.Edited) review).field()).isEqualTo(field);
  }

  @Test
  void aReviewerMayWeakenIt() {
    assertThat(review(TEXT)).isEqualTo(new Review.Confirmed(SPEC.expiresAt()));
    assertThat(review(TEXT.replace("note: \"\"", "note: \"ask bob\"")))
        .isEqualTo(new Review.Confirmed(SPEC.expiresAt()));
    assertThat(review(TEXT.replace("ReplaceNode", "None"))).isEqualTo(new Review.NothingToDo());
    assertThat(review(TEXT.replace("T01:00:00Z", "T00:30:00Z")))
        .isEqualTo(new Review.Confirmed(AT.plusSeconds(1800)));
  }

  @Test
  void anAbsentOrBrokenFileIsRefused() {
    assertThat(RecordFile.review("n", SPEC, Optional.empty())).isInstanceOf(Review.Edited.class);
    assertThat(review("a: [")).isInstanceOf(Review.Edited.class);
  }

  private static Review review(String merged) {
    return RecordFile.review("edge01-node-n1-12e34567", SPEC, Optional.of(merged));
  }
}
