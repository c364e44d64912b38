package io.nephio.recovery.judge;

import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.pod;
import static io.nephio.recovery.facts.Sample.worker;
import static io.nephio.recovery.facts.Sample.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.MachineSample;
import io.nephio.recovery.facts.PodSample;
import io.nephio.recovery.facts.Reach;
import io.nephio.recovery.facts.WorkloadSample;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WorkloadJudgeTest {
  private static final Instant HOUR = ago("PT1H");
  private static final String PENDING = "WorkloadStalled db 0m Pending";

  private static Condition progressing(Status status, String reason) {
    return new Condition("Progressing", status, reason, "", Optional.of(ago("PT240H")));
  }

  static Stream<Arguments> workloads() {
    Condition done = progressing(Status.True, "NewReplicaSetAvailable");
    Condition rolling = progressing(Status.True, "ReplicaSetUpdated");
    Condition late = progressing(Status.False, "ProgressDeadlineExceeded");
    Condition down = condition("Available", Status.False, HOUR);
    PodSample sick = pod("p").unready(HOUR);
    return Stream.of(
        arguments("complete", deployment(), sick, ""),
        arguments("paused", deployment().ready(1, 3).paused(), sick, ""),
        arguments("scaled to zero", deployment().ready(0, 0), sick, ""),
        arguments("not looked at yet", deployment().ready(1, 3).notObserved(), sick, ""),
        arguments(
            "by its pod",
            deployment().ready(2, 3).conditions(done),
            sick,
            "WorkloadStalled web 60m Due"),
        arguments(
            "by its availability",
            deployment().ready(0, 3).conditions(done, down),
            pod("q").unready(ago("PT1M")),
            "WorkloadStalled web 60m Due"),
        arguments(
            "rolling on",
            deployment().ready(2, 3).conditions(rolling).progressed(ago("PT1M")),
            sick,
            "WorkloadStalled web 1m Pending"),
        arguments(
            "rolling no more",
            deployment().ready(2, 3).conditions(rolling).progressed(ago("PT20M")),
            sick,
            "WorkloadStalled web 20m Due"),
        arguments(
            "past its deadline though the old pods serve",
            deployment().conditions(late).progressed(ago("PT30M")),
            sick,
            "WorkloadStalled web 30m Due"),
        arguments(
            "scaled up a moment ago",
            deployment().ready(3, 9).conditions(done),
            pod("p").unready(ago("PT2M")),
            "WorkloadStalled web 2m Pending"),
        arguments(
            "without any evidence of when",
            deployment().ready(2, 3).conditions(done),
            pod("p"),
            "WorkloadStalled web 0m Pending"),
        arguments(
            "an unschedulable pod",
            deployment().ready(2, 3).conditions(done),
            pod("p").unschedulable(HOUR, "no node"),
            "WorkloadStalled web 60m Due"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("workloads")
  void aDeploymentStallsAfterItsLastProgress(
      String what, WorkloadSample workload, PodSample pod, String found) {
    var inside = contents().workloads(workload).replicaSet("web-1", "Deployment", "web").pods(pod);
    assertThat(Judged.told(cluster("c").contents(inside.contents()))).as(what).isEqualTo(found);
  }

  static Stream<Arguments> others() {
    return Stream.of(
        arguments("StatefulSet", 3, 3, ""),
        arguments("StatefulSet", 0, 1, "WorkloadStalled db 60m Due"),
        arguments("StatefulSet", 4, 3, ""),
        arguments("DaemonSet", 0, 0, ""),
        arguments("StatefulSet", 2, 3, "WorkloadStalled db 60m Due"),
        arguments("DaemonSet", 7, 8, "WorkloadStalled db 60m Due"),
        arguments("DaemonSet", 8, 8, ""));
  }

  @ParameterizedTest(name = "{0} {1} of {2}")
  @MethodSource("others")
  void theOthersStallSinceTheirFirstUnreadyPod(String kind, int ready, int desired, String found) {
    var inside =
        contents()
            .workloads(workload(kind, "db").ready(ready, desired))
            .pods(
                pod("a").of(kind, "db").unready(HOUR),
                pod("b").of(kind, "db").unready(ago("PT2M")));
    assertThat(Judged.told(cluster("c").contents(inside.contents()))).isEqualTo(found);
  }

  static Stream<Arguments> strategies() {
    WorkloadSample set = workload("StatefulSet", "db").ready(2, 3);
    return Stream.of(
        arguments("on deletion, all ready", set("OnDelete").ready(3, 3), pod("a"), ""),
        arguments(
            "on deletion, one down",
            set("OnDelete"),
            pod("a").unready(HOUR),
            "WorkloadStalled db 60m Due"),
        arguments("its pod completed", set, pod("a").phase("Succeeded"), PENDING),
        arguments("its pod failed", set, pod("a").failed(HOUR), "PodFailed a 60m Due, " + PENDING),
        arguments(
            "its pod is new", set, pod("a").unready(ago("PT9M")), "WorkloadStalled db 9m Pending"),
        arguments(
            "its pod waits for a Node",
            set,
            pod("a").unschedulable(ago("PT10M"), "no node"),
            "WorkloadStalled db 10m Due"),
        arguments(
            "its pod pulls its image",
            set,
            pod("a").waiting("ContainerCreating", ago("PT3M")),
            "WorkloadStalled db 3m Pending"),
        arguments("ahead of the clock", set, pod("a").unready(ago("-PT1H")), PENDING),
        arguments("not seen by its controller", set("").notObserved(), pod("a").unready(HOUR), ""));
  }

  private static WorkloadSample set(String strategy) {
    WorkloadSample set = workload("StatefulSet", "db").ready(2, 3);
    return strategy.equals("OnDelete") ? set.onDelete() : set;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("strategies")
  void aStatefulSetStallsByItsPods(String what, WorkloadSample set, PodSample pod, String found) {
    var inside = contents().workloads(set).pods(pod.of("StatefulSet", "db"));
    assertThat(Judged.told(cluster("c").contents(inside.contents()))).as(what).isEqualTo(found);
  }

  static Stream<Arguments> clusters() {
    return Stream.of(
        arguments(cluster("c"), "WorkloadStalled web 60m Due"),
        arguments(cluster("c").reach(new Reach.NotTried()), ""),
        arguments(
            cluster("c").reach(new Reach.Unreachable(ago("PT1M"), "timeout")),
            "ClusterUnreachable c 1m Pending"),
        arguments(cluster("c").paused(), ""));
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void onlyAClusterThatAnsweredTellsOfItsWorkloads(ClusterSample cluster, String found) {
    var inside =
        contents()
            .workloads(deployment().ready(2, 3).conditions(progressing(Status.True, "X")))
            .replicaSet("web-1", "Deployment", "web")
            .pods(pod("p").unready(HOUR));
    assertThat(Judged.told(cluster.contents(inside.contents()))).isEqualTo(found);
  }

  static Stream<Arguments> leaving() {
    return Stream.of(
        arguments("its Node stays", worker("w1"), down(), 2, "WorkloadStalled db 60m Due"),
        arguments(
            "its Node goes with its Machine", worker("w1").deleting(ago("PT30M")), down(), 2, ""),
        arguments(
            "its Node goes, and another is missing",
            worker("w1").deleting(ago("PT30M")),
            down(),
            1,
            PENDING),
        arguments("it has time to end", worker("w1"), down().ending(ago("-PT1S")), 2, ""),
        arguments(
            "it had time to end",
            worker("w1"),
            down().ending(ago("PT0S")),
            2,
            "WorkloadStalled db 60m Due"));
  }

  private static PodSample down() {
    return pod("a").on("w1").unready(HOUR);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("leaving")
  void aPodThatLeavesAsItShouldIsNoStall(
      String what, MachineSample machine, PodSample pod, int ready, String found) {
    var inside =
        contents()
            .workloads(workload("StatefulSet", "db").ready(ready, 3))
            .pods(pod.of("StatefulSet", "db"));
    assertThat(Judged.told(cluster("c").machines(machine).contents(inside.contents())))
        .as(what)
        .isEqualTo(found);
  }

  private static WorkloadSample deployment() {
    return workload("Deployment", "web");
  }
}
