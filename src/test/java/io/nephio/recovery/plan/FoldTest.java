package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.controlPlane;
import static io.nephio.recovery.facts.Sample.healthyMember;
import static io.nephio.recovery.facts.Sample.member;
import static io.nephio.recovery.facts.Sample.node;
import static io.nephio.recovery.facts.Sample.plane;
import static io.nephio.recovery.facts.Sample.pod;
import static io.nephio.recovery.facts.Sample.ready;
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.worker;
import static io.nephio.recovery.facts.Sample.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.ContentsSample;
import io.nephio.recovery.facts.MachineSample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is one thing, what stays two, and on what evidence. */
class FoldTest {
  private static final Instant HOUR = ago("PT1H");

  private static ClusterSample three(MachineSample... machines) {
    return cluster("c")
        .machines(
            Stream.concat(
                    Stream.of(machines),
                    Stream.of("n1", "n2", "n3")
                        .filter(n -> Stream.of(machines).noneMatch(m -> name(m).equals(n)))
                        .map(n -> worker(n)))
                .toArray(MachineSample[]::new));
  }

  private static String name(MachineSample machine) {
    return machine.machine().ref().name();
  }

  private static ContentsSample web(int ready) {
    return contents()
        .replicaSet("web-1", "Deployment", "web")
        .workloads(workload("Deployment", "web").ready(ready, 3));
  }

  static Stream<Arguments> one() {
    return Stream.of(
        arguments(
            three(worker("n1").failed()).nodes(silent("n1", HOUR)),
            List.of("NodeNotReady: the same as Machine default/n1")),
        arguments(
            three()
                .nodes(silent("n1", HOUR))
                .contents(web(2).pods(pod("p").crashing(ago("PT50M"))).contents()),
            List.of(
                "PodCrashLoop: on Node n1, began 10m after it",
                "WorkloadStalled: on Node n1, began 10m after it")),
        arguments(
            three()
                .nodes(silent("n1", HOUR))
                .contents(web(3).pods(pod("p").crashing(ago("PT1H20S"))).contents()),
            List.of("PodCrashLoop: on Node n1, began together with it")),
        arguments(
            three().contents(web(1).pods(pod("p").waiting("ErrImagePull", HOUR)).contents()),
            List.of("WorkloadStalled: of the same Deployment web")),
        arguments(
            three(worker("n1").failed())
                .infrastructure(condition("InfrastructureReady", Status.False, HOUR)),
            List.of("MachineFailed: nothing under it is judged while InfraUnready lasts")),
        arguments(
            cluster("c")
                .machines(
                    controlPlane("cp1").conditions(member(Status.Unknown, Status.Unknown)),
                    controlPlane("cp2").conditions(healthyMember()),
                    controlPlane("cp3").conditions(healthyMember()),
                    worker("w1").failed(),
                    worker("w2"))
                .nodes(silent("cp1", HOUR))
                .management(
                    plane()
                        .ready(2, 3)
                        .conditions(condition("EtcdClusterHealthy", Status.False, HOUR))
                        .management()),
            List.of(
                "ControlPlaneUnhealthy: the control plane that Node cp1 is a member of",
                "MachineFailed: nothing under it is judged while ControlPlaneUnhealthy lasts")),
        arguments(
            three()
                .nodes(
                    node(
                        "n1",
                        condition("Ready", Status.True, HOUR),
                        condition("NetworkUnavailable", Status.True, HOUR)),
                    node(
                        "n2",
                        condition("Ready", Status.True, HOUR),
                        condition("NetworkUnavailable", Status.True, HOUR)))
                .contents(contents().contents()),
            List.of(
                "NodeNetworkUnavailable: without network as well, so the Node is not the cause")));
  }

  @ParameterizedTest
  @MethodSource("one")
  void oneThingOnEvidence(ClusterSample cluster, List<String> symptoms) {
    Plan plan = Plans.plan("", cluster);

    assertThat(plan.decisions()).hasSize(1);
    assertThat(
            plan.findings().stream()
                .filter(v -> v.symptomOf().isPresent())
                .map(v -> v.finding().reason() + ": " + v.because()))
        .containsExactlyInAnyOrderElementsOf(symptoms);
  }

  static Stream<Arguments> two() {
    return Stream.of(
        arguments(
            three()
                .nodes(silent("n1", HOUR))
                .contents(web(3).pods(pod("p").on("n2").crashing(ago("PT50M"))).contents()),
            "another Node"),
        arguments(
            three()
                .nodes(silent("n1", HOUR))
                .contents(web(3).pods(pod("p").crashing(ago("PT5H"))).contents()),
            "began before it"),
        arguments(
            three()
                .contents(
                    web(3)
                        .pods(
                            pod("p").crashing(HOUR),
                            pod("q").of("StatefulSet", "db").crashing(HOUR))
                        .contents()),
            "another owner"),
        arguments(
            cluster("c")
                .machines(
                    Stream.of("n1", "n2", "n3", "n4", "n5")
                        .map(n -> worker(n))
                        .toArray(MachineSample[]::new))
                .nodes(silent("n1", ago("PT9H")), silent("n2", HOUR)),
            "two Nodes"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("two")
  void whatOnlyComesTogetherStaysTwo(ClusterSample cluster, String why) {
    assertThat(Plans.plan("", cluster).decisions()).as(why).hasSize(2);
  }

  /**
   * The Node fails for an hour, its threshold is two: what is due on it waits for it, and says so.
   */
  @Test
  void whatIsDueBeforeItsCauseWaitsForIt() {
    ClusterSample sick =
        three()
            .nodes(silent("n1", HOUR))
            .contents(web(2).pods(pod("p").on("n1").crashing(ago("PT50M"))).contents());

    Plan plan = Plans.plan("nodeNotReadyThreshold: '2h'", sick);

    assertThat(Plans.told(plan)).containsExactly("Defer DeletePod Pod shop/p");
    assertThat(plan.decisions().get(0).why())
        .startsWith("Node n1: ")
        .endsWith(": decided when that is settled");
    assertThat(((Decision.Defer) plan.decisions().get(0)).retryAt())
        .contains(HOUR.plus(Duration.ofHours(2)));
    assertThat(plan.findings())
        .filteredOn(v -> v.finding().reason().ofPod() || v.symptomOf().isPresent())
        .allMatch(v -> v.symptomOf().isPresent() || v.finding().reason().ofPod());
  }

  @Test
  void whatIsSickElsewhereTooIsNotTheNodes() {
    ClusterSample sick =
        three()
            .nodes(silent("n1", HOUR))
            .contents(
                web(1)
                    .pods(
                        pod("p").on("n1").crashing(ago("PT50M")),
                        pod("q").on("n2").crashing(ago("PT50M")))
                    .contents());

    assertThat(Plans.told(Plans.plan("nodeNotReadyThreshold: '2h'", sick)))
        .containsExactly("Manual None Pod shop/q");
  }

  @Test
  void whatOutlivesTheCureIsJudgedAnew() {
    ContentsSample inside = web(2).pods(pod("p").crashing(ago("PT50M")));
    ClusterSample sick = three().nodes(silent("n1", HOUR)).contents(inside.contents());
    Decision cure = Plans.plan("", sick).decisions().get(0);
    ClusterSample cured = three().nodes(ready("n1")).contents(inside.contents());

    assertThat(Plans.told(Plans.plan("", cured, Entries.entry(cure, Phase.Succeeded))))
        .containsExactly("Propose DeletePod Pod shop/p");
  }

  @Test
  void oneObjectHasOneOpenRemediationWhateverFails() {
    ClusterSample pressed =
        three()
            .nodes(
                node(
                    "n1",
                    condition("Ready", Status.True, HOUR),
                    condition("DiskPressure", Status.True, HOUR)))
            .contents(contents().contents());
    Decision drain = Plans.plan("", pressed).decisions().get(0);
    Plan plan =
        Plans.plan("", three().nodes(silent("n1", HOUR)), Entries.entry(drain, Phase.Proposed));

    assertThat(Plans.told(plan)).containsExactly("Defer ReplaceNode Node n1");
    assertThat(plan.decisions().get(0).why())
        .isEqualTo(drain.id().name() + " is open for the same object");
  }
}
