package io.nephio.recovery.judge;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.undated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.Reach;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterJudgeTest {
  private static final Instant LATER = NOW.plusSeconds(7200);

  @ParameterizedTest
  @CsvSource({"PT0S, false", "PT9M59S, false", "PT10M, true", "PT11M, true"})
  void anUnreachableClusterIsDueAfterControlPlaneTimeout(String since, boolean due) {
    assertThat(judge(cluster("c").reach(new Reach.Unreachable(ago(since), "timeout"))))
        .singleElement()
        .satisfies(f -> assertThat(f.reason()).isEqualTo(Reason.ClusterUnreachable))
        .satisfies(f -> assertThat(f.message()).contains("timeout"))
        .satisfies(f -> assertThat(f.isDue(NOW)).isEqualTo(due));
  }

  static Stream<Arguments> dueAtOnce() {
    return Stream.of(
        arguments(
            cluster("c").reach(new Reach.CredentialProblem(NOW, "401")),
            Reason.CredentialProblem,
            NOW),
        arguments(
            cluster("c").infrastructure(condition("InfraReady", Status.False, ago("PT1M"))),
            Reason.InfraUnready,
            ago("PT1M")),
        arguments(
            cluster("c").infrastructure(undated("InfraReady", Status.False)),
            Reason.InfraUnready,
            NOW),
        arguments(
            cluster("c").infrastructure(condition("InfraReady", Status.False, LATER)),
            Reason.InfraUnready,
            NOW),
        arguments(
            cluster("c").reach(new Reach.CredentialProblem(LATER, "x509")),
            Reason.CredentialProblem,
            NOW));
  }

  @ParameterizedTest
  @MethodSource("dueAtOnce")
  void refusalsAndInfrastructureNeedNoThreshold(
      ClusterSample cluster, Reason reason, Instant since) {
    assertThat(judge(cluster))
        .singleElement()
        .satisfies(f -> assertThat(f.reason()).isEqualTo(reason))
        .satisfies(f -> assertThat(f.since()).isEqualTo(since))
        .satisfies(f -> assertThat(f.isDue(NOW)).isTrue());
  }

  static Stream<Arguments> nothingProven() {
    return Stream.of(
        arguments(cluster("c")),
        arguments(cluster("c").reach(new Reach.NotTried())),
        arguments(cluster("c").infrastructure(condition("InfraReady", Status.True, NOW))),
        arguments(cluster("c").infrastructure(condition("InfraReady", Status.Unknown, NOW))),
        arguments(cluster("c").reach(new Reach.Unreachable(ago("PT1H"), "")).paused()),
        arguments(cluster("c").reach(new Reach.Unreachable(ago("PT1H"), "")).deleting()));
  }

  @ParameterizedTest
  @MethodSource("nothingProven")
  void unknownIsNotFailed(ClusterSample cluster) {
    assertThat(judge(cluster)).isEmpty();
  }

  private static List<Finding> judge(ClusterSample cluster) {
    return Judges.judge(cluster.cluster(), ClusterPolicySpec.defaults(), NOW);
  }
}
