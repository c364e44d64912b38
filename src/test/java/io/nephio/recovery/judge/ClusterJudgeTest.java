package io.nephio.recovery.judge;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.plane;
import static io.nephio.recovery.facts.Sample.undated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.ControlPlaneSample;
import io.nephio.recovery.facts.InfraCluster;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Management;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.Reach;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

  private static InfraCluster infra(Boolean provisioned, Condition... ready) {
    return new InfraCluster(
        new ObjectRef("infrastructure.cluster.x-k8s.io/v1", "DevCluster", "default", "i", ""),
        Optional.ofNullable(provisioned),
        Stream.of(ready).findFirst());
  }

  static Stream<Arguments> infrastructures() {
    Condition bad = condition("Ready", Status.False, ago("PT5M"));
    Condition well = condition("Ready", Status.True, ago("PT5M"));
    Condition unknown = condition("Ready", Status.Unknown, ago("PT5M"));
    return Stream.of(
        arguments("not looked at", plane(), ""),
        arguments("provisioned", plane().infra(infra(true)), ""),
        arguments("provisioned and Ready", plane().infra(infra(true, well)), ""),
        arguments("its provider does not tell", plane().infra(infra(null)), ""),
        arguments("nobody knows", plane().infra(infra(true, unknown)), ""),
        arguments(
            "provisioned, and broken", plane().infra(infra(true, bad)), "InfraUnready c 5m Due"),
        arguments("the ref leads nowhere", plane().infra(), "InfraUnready c 0m Due"),
        arguments("no more provisioned", plane().infra(infra(false)), "InfraUnready c 0m Due"),
        arguments(
            "being made for the first time",
            plane().neverInitialized().infra(infra(false, bad)),
            "InfraUnready c 5m Pending, ControlPlaneUnhealthy kcp 2880m Due"),
        arguments(
            "being made for too long",
            plane()
                .neverInitialized()
                .infra(infra(false, condition("Ready", Status.False, ago("PT10M")))),
            "InfraUnready c 10m Due, ControlPlaneUnhealthy kcp 2880m Due"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("infrastructures")
  void theInfraClusterTellsWhereTheClusterDoesNot(
      String what, ControlPlaneSample around, String found) {
    assertThat(Judged.told(cluster("c").management(around.management()))).as(what).isEqualTo(found);
  }

  static Stream<Arguments> probes() {
    Condition lost = condition("RemoteConnectionProbe", Status.False, ago("PT20M"));
    Condition lately = condition("RemoteConnectionProbe", Status.False, ago("PT9M"));
    Condition unknown = condition("RemoteConnectionProbe", Status.Unknown, ago("PT20M"));
    Reach notTried = new Reach.NotTried();
    return Stream.of(
        arguments(notTried, true, lost, "ClusterUnreachable c 20m Due"),
        arguments(notTried, true, lately, "ClusterUnreachable c 9m Pending"),
        arguments(notTried, true, unknown, ""),
        arguments(notTried, false, lost, ""),
        arguments(new Reach.Reached(), true, lost, ""),
        arguments(
            new Reach.Unreachable(ago("PT1M"), "timeout"),
            true,
            lost,
            "ClusterUnreachable c 1m Pending"));
  }

  /** Who did not try asks Cluster API; a cluster that never answered is still being made. */
  @ParameterizedTest(name = "{0}, initialized {1}: {2}")
  @MethodSource("probes")
  void theProbeOfClusterApiCountsForWhoDidNotTry(
      Reach reach, boolean initialized, Condition probe, String found) {
    Management says =
        new Management(
            Optional.of(ago("PT48H")),
            List.of(probe),
            Optional.of(initialized),
            new Known.NotLooked<>(),
            new Known.NotLooked<>(),
            new Known.NotLooked<>(),
            new Known.NotLooked<>(),
            new Known.NotLooked<>());
    assertThat(Judged.told(cluster("c").reach(reach).management(says))).isEqualTo(found);
  }

  private static List<Finding> judge(ClusterSample cluster) {
    return Judges.judge(cluster.cluster(), ClusterPolicySpec.defaults(), NOW);
  }
}
