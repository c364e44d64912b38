package io.nephio.recovery.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTest {
  private static final String LONG = "x".repeat(5000);
  private static final Instant AT = Instant.parse("2026-11-25T05:24:00Z");

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "null,   4, ''",
        "'',     4, ''",
        "abcd,   4, abcd",
        "abcde,  4, abc…",
        "abc😀,  5, abc😀",
        "abc😀d, 5, abc…",
        "a😀😀,  4, a😀…",
      })
  void cutsBetweenCharacters(String text, int max, String cut) {
    assertThat(Bounds.cut(text, max)).isEqualTo(cut).hasSizeLessThanOrEqualTo(max);
  }

  @Test
  void noRemediationStatusIsTooLong() {
    Condition condition = new ConditionBuilder().withType("Blocked").withMessage(LONG).build();
    var many = IntStream.range(0, 99).mapToObj(BoundsTest::transition).toList();
    var status =
        RemediationStatus.empty()
            .with(Phase.Failed, LONG, LONG)
            .withConditions(Collections.nCopies(99, condition))
            .withHistory(many);
    assertThat(status.reason()).hasSize(Bounds.WORD);
    assertThat(status.message()).hasSize(Bounds.TEXT);
    assertThat(status.conditions()).hasSize(Bounds.CONDITIONS);
    assertThat(status.conditions().get(0).getMessage()).hasSize(Bounds.TEXT);
    assertThat(status.conditions().get(0).getReason()).isEmpty();
    assertThat(status.history()).isEqualTo(many.subList(89, 99));
  }

  @Test
  void noPolicyStatusIsTooLong() {
    var attention = new ClusterPolicyStatus.Attention(LONG, LONG, LONG, LONG, LONG, AT, null);
    var breaker = new ClusterPolicyStatus.Breaker(true, LONG, AT, null);
    var cluster = new ClusterPolicyStatus.ClusterState("default", "a", LONG, AT, LONG, breaker);
    var status =
        new ClusterPolicyStatus(
            1L,
            List.of(),
            ClusterPolicyStatus.Summary.ZERO,
            Collections.nCopies(999, cluster),
            Collections.nCopies(99, attention));
    assertThat(status.clusters()).hasSize(Bounds.CLUSTERS);
    assertThat(status.clusters().get(0).state()).hasSize(Bounds.WORD);
    assertThat(status.clusters().get(0).breaker().reason()).hasSize(Bounds.SENTENCE);
    assertThat(status.attention()).hasSize(Bounds.ATTENTION);
    assertThat(status.attention().get(0).why()).hasSize(Bounds.SENTENCE);
  }

  @Test
  void conditionsAreCopies() {
    Condition mine = new ConditionBuilder().withType("Valid").withMessage("before").build();
    var status = ClusterPolicyStatus.empty().withConditions(List.of(mine));
    mine.setMessage("after");
    assertThat(status.conditions().get(0).getMessage()).isEqualTo("before");
  }

  private static RemediationStatus.Transition transition(int second) {
    return new RemediationStatus.Transition(AT.plusSeconds(second), Phase.Proposed, "");
  }
}
