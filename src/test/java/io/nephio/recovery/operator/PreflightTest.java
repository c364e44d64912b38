package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.facts.Sample;
import io.nephio.recovery.lifecycle.Gate;
import io.nephio.recovery.lifecycle.Health;
import io.nephio.recovery.plan.Entries;
import io.nephio.recovery.plan.LedgerEntry;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PreflightTest {
  private static final LedgerEntry ENTRY = Entries.worker(RemediationStatus.empty());
  private static final Gate FREE = new Gate.Free("2 of 6 Machines unhealthy, limit 2");
  private static final Gate BREAKER =
      new Gate.Blocked("BreakerOpen", "3 of 6 Machines unhealthy, limit 2", Sample.NOW, false);

  static Stream<Arguments> rows() {
    return Stream.of(
        arguments(
            new Health.Failing(),
            FREE,
            "success",
            "still failing; 2 of 6 Machines unhealthy, limit 2"),
        arguments(
            new Health.Failing(),
            new Gate.Free(),
            "success",
            "still failing; " + ENTRY.spec().why()),
        arguments(
            new Health.Failing(),
            BREAKER,
            "pending",
            "not now: 3 of 6 Machines unhealthy, limit 2"),
        arguments(
            new Health.Healthy(), BREAKER, "failure", "no longer failing: nothing is left to do"),
        arguments(
            new Health.Gone(),
            FREE,
            "failure",
            "the object of this uid is gone: nothing is left to do"),
        arguments(
            new Health.WrongCluster("it is another cluster"),
            FREE,
            "failure",
            "it is another cluster"),
        arguments(
            new Health.Unseen("the API server does not answer"),
            FREE,
            "pending",
            "not seen now: the API server does not answer"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysWhetherAMergeWouldDoAnything(Health health, Gate gate, String state, String sentence) {
    assertThat(Preflight.of(ENTRY, health, gate)).isEqualTo(new Preflight(state, sentence));
  }

  /** Gitea keeps no more of it. */
  @ParameterizedTest
  @MethodSource("rows")
  void isCutWhereItWouldBeTooLong(Health health, Gate gate, String state, String sentence) {
    assertThat(new Preflight(state, sentence.repeat(9)).sentence()).hasSize(140).endsWith("…");
  }
}
