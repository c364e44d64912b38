package io.nephio.recovery.judge;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.undated;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.MachineSample;
import io.nephio.recovery.facts.Reach;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MachineJudgeTest {
  private static final ClusterPolicySpec POLICY = ClusterPolicySpec.defaults();

  static Stream<Arguments> failures() {
    Instant later = NOW.plusSeconds(60);
    return Stream.of(
        arguments("nothing tells when", worker("m").failed(), NOW),
        arguments(
            "its Ready condition",
            worker("m").failed(condition("Ready", Status.False, ago("PT9M"))),
            ago("PT9M")),
        arguments(
            "the earliest of several",
            worker("m")
                .failed(
                    condition("Ready", Status.Unknown, ago("PT9M")),
                    condition("InfrastructureReady", Status.False, ago("PT20M"))),
            ago("PT20M")),
        arguments(
            "a condition that is True tells nothing",
            worker("m")
                .failed(
                    condition("Ready", Status.False, ago("PT9M")),
                    condition("InfrastructureReady", Status.True, ago("PT20M"))),
            ago("PT9M")),
        arguments(
            "in the future", worker("m").failed(condition("Ready", Status.False, later)), NOW),
        arguments("undated", worker("m").failed(undated("Ready", Status.False)), NOW));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void aTerminalFailureIsDueAtOnce(String what, MachineSample machine, Instant since) {
    assertThat(judge(machine))
        .as(what)
        .singleElement()
        .satisfies(f -> assertThat(f.reason()).isEqualTo(Reason.MachineFailed))
        .satisfies(f -> assertThat(f.since()).isEqualTo(since))
        .satisfies(f -> assertThat(f.isDue(NOW)).isTrue())
        .satisfies(f -> assertThat(f.message()).contains("CreateError").contains("no quota"));
  }

  static Stream<Arguments> healthy() {
    return Stream.of(
        arguments("running", worker("m")),
        arguments(
            "not ready but not terminal",
            worker("m").conditions(condition("Ready", Status.False, ago("PT9H")))),
        arguments("failed but being deleted", worker("m").failed().deleting()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("healthy")
  void anythingElseIsNoFailure(String what, MachineSample machine) {
    assertThat(judge(machine)).as(what).isEmpty();
  }

  @Test
  void theManagementClusterKnowsFailuresOfAClusterThatDoesNotAnswer() {
    var cluster =
        cluster("c")
            .machines(worker("m").failed())
            .reach(new Reach.Unreachable(ago("PT1M"), "timeout"))
            .cluster();

    assertThat(Judges.judge(cluster, POLICY, NOW))
        .extracting(Finding::reason)
        .containsExactly(Reason.ClusterUnreachable, Reason.MachineFailed);
  }

  private static List<Finding> judge(MachineSample machine) {
    return Judges.judge(cluster("c").machines(machine).cluster(), POLICY, NOW);
  }
}
