package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.NOW;
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
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.worker;
import static io.nephio.recovery.facts.Sample.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.ContentsSample;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.HealthCheck;
import io.nephio.recovery.facts.MachineOwner;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.Selector;
import io.nephio.recovery.judge.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule that forbids or puts off an act, and the same situation without it. */
class RulesTest {
  private static final Instant HOUR = ago("PT1H");

  private static ContentsSample web() {
    return contents()
        .replicaSet("web-1", "Deployment", "web")
        .workloads(workload("Deployment", "web").ready(2, 3));
  }

  private static ClusterSample with(ContentsSample inside) {
    return cluster("c")
        .machines(worker("n1"), worker("n2"), worker("n3"))
        .contents(inside.contents());
  }

  static Stream<Arguments> pods() {
    var sick = pod("p").crashing(HOUR);
    return Stream.of(
        arguments(web().pods(sick), "Propose DeletePod", "2 of 3 pods"),
        arguments(web().pods(sick, pod("q").on("n2").crashing(HOUR)), "Manual None", "2 Nodes"),
        arguments(web().pods(sick, pod("q").crashing(HOUR)), "Propose DeletePod", ""),
        arguments(
            web().pods(pod("p").waiting("ErrImagePull", HOUR)), "Manual None", "ErrImagePull"),
        arguments(contents().pods(pod("p").bare().crashing(HOUR)), "Manual None", "no controller"),
        arguments(contents().pods(pod("p").mirror().crashing(HOUR)), "Manual None", "mirror"),
        arguments(
            contents().pods(pod("p").of("Foo", "f").crashing(HOUR)), "Manual None", "not known"),
        arguments(contents().pods(pod("p").of("Job", "j").crashing(HOUR)), "Manual None", "Job"),
        arguments(contents().pods(pod("p").of("DaemonSet", "d").crashing(HOUR)), "", ""),
        arguments(
            contents().pods(pod("p").in("kube-system").crashing(HOUR)), "Manual None", "protected"),
        arguments(
            contents().pods(pod("p").in("porch-fn-system").crashing(HOUR)),
            "Manual None",
            "protected"),
        arguments(web().pods(pod("p").failed(HOUR)), "Propose DeletePod", ""),
        arguments(
            web().pods(pod("p").failed(HOUR), pod("q").failed(HOUR)), "Manual None", "2 pods"),
        arguments(
            contents()
                .replicaSet("web-1", "Deployment", "web")
                .workloads(workload("Deployment", "web"))
                .pods(pod("p").evicted(HOUR)),
            "Manual None",
            "its place is taken"),
        arguments(
            contents()
                .workloads(workload("StatefulSet", "db").ready(2, 3).revision("db-2"))
                .pods(
                    pod("p")
                        .of("StatefulSet", "db")
                        .revision("db-1")
                        .waiting("ErrImagePull", HOUR)),
            "Propose DeletePod",
            ""),
        arguments(
            contents()
                .workloads(workload("StatefulSet", "db").ready(2, 3).revision("db-2"))
                .pods(
                    pod("p")
                        .of("StatefulSet", "db")
                        .revision("db-2")
                        .waiting("ErrImagePull", HOUR)),
            "Manual None",
            "ErrImagePull"));
  }

  @ParameterizedTest
  @MethodSource("pods")
  void podsAreDeletedWhenANewOneMayHeal(ContentsSample inside, String decided, String why) {
    assertDecided(with(inside), decided, why);
  }

  static Stream<Arguments> workloads() {
    var slow = pod("p").unready(HOUR);
    return Stream.of(
        arguments(web().pods(slow), "Propose RestartRollout", "2 of 3"),
        arguments(web().pods(pod("p").unschedulable(HOUR, "no Node")), "Manual None", "no Node"),
        arguments(
            web().pods(pod("p").waiting("ContainerCreating", HOUR)),
            "Manual None",
            "does not start"),
        arguments(
            contents()
                .workloads(workload("StatefulSet", "db").ready(2, 3).ownedBy("Etcd", "e"))
                .pods(pod("p").of("StatefulSet", "db").unready(HOUR)),
            "Manual None",
            "Etcd e owns"),
        arguments(
            contents()
                .workloads(workload("StatefulSet", "db").ready(2, 3).onDelete())
                .pods(pod("p").of("StatefulSet", "db").unready(HOUR)),
            "Manual None",
            "OnDelete"),
        arguments(
            contents()
                .workloads(workload("DaemonSet", "ds").in("kube-system").ready(2, 3))
                .pods(pod("p").in("kube-system").of("DaemonSet", "ds").unready(HOUR)),
            "Manual None",
            "protected"),
        arguments(
            contents()
                .workloads(
                    workload("Deployment", "web")
                        .ready(0, 3)
                        .conditions(
                            condition("Available", Status.False, HOUR),
                            condition("ReplicaFailure", Status.True, HOUR))),
            "Manual None",
            "refused"));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void rolloutsAreRestartedWhenThatMayHelp(ContentsSample inside, String decided, String why) {
    assertDecided(with(inside), decided, why);
  }

  private static Node pressed(String name) {
    return node(
        name,
        condition("Ready", Status.True, ago("PT24H")),
        condition("DiskPressure", Status.True, HOUR));
  }

  static Stream<Arguments> drains() {
    var one = contents().workloads(workload("StatefulSet", "db").ready(1, 1));
    return Stream.of(
        arguments(contents().pods(pod("p")), "Propose DrainNode", "may move"),
        arguments(contents().podsNotLooked(), "Manual None", "not looked at"),
        arguments(contents().pods(pod("p").bare()), "Manual None", "would be lost"),
        arguments(contents().pods(pod("p").bare().phase("Succeeded")), "Propose DrainNode", ""),
        arguments(contents().pods(pod("p").of("DaemonSet", "d")), "Propose DrainNode", ""),
        arguments(contents().pods(pod("p")).budget("web", 0), "Defer DrainNode", "keep-web"),
        arguments(contents().pods(pod("p")).budget("web", 1), "Propose DrainNode", ""),
        arguments(one.pods(pod("p").of("StatefulSet", "db")), "Manual None", "last ready pod"));
  }

  @ParameterizedTest
  @MethodSource("drains")
  void aNodeIsDrainedOnlyOfWhatMayMove(ContentsSample inside, String decided, String why) {
    assertDecided(with(inside).nodes(pressed("n1")), decided, why);
  }

  private static ClusterSample plane3(Condition[] second, Condition[] third) {
    return cluster("c")
        .machines(
            controlPlane("cp1").conditions(member(Status.Unknown, Status.Unknown)),
            controlPlane("cp2").conditions(second),
            controlPlane("cp3").conditions(third),
            worker("w1"),
            worker("w2"))
        .nodes(silent("cp1", HOUR))
        .management(plane().ready(2, 3).management());
  }

  static Stream<Arguments> planes() {
    Condition[] well = healthyMember();
    Condition[] ill = member(Status.False, Status.True);
    return Stream.of(
        arguments(plane3(well, well), "Propose ReplaceMachine", "etcd 2 members, 2 healthy"),
        arguments(plane3(well, ill), "Manual None", "quorum would be lost"),
        arguments(
            plane3(well, well).management(plane().kind("K0sControlPlane").ready(2, 3).management()),
            "Manual None",
            "reports no health"),
        arguments(
            plane3(well, well).management(plane().neverInitialized().ready(2, 3).management()),
            "Manual None",
            "never initialized"),
        arguments(plane3(new Condition[0], new Condition[0]), "Manual None", "quorum"));
  }

  @ParameterizedTest
  @MethodSource("planes")
  void aMemberIsReplacedOnlyIfTheOthersKeepQuorum(
      ClusterSample cluster, String decided, String why) {
    assertDecided(cluster, decided, why);
  }

  private static HealthCheck check(Status allowed, String status) {
    return new HealthCheck(
        new ObjectRef("cluster.x-k8s.io/v1beta1", "MachineHealthCheck", "default", "mhc", ""),
        "c",
        new Selector(Map.of("pool", "a"), List.of()),
        Optional.empty(),
        List.of(new HealthCheck.Check(true, "Ready", status, Duration.ofMinutes(58))),
        Optional.of(condition("RemediationAllowed", allowed, HOUR)));
  }

  private static MachineOwner pool(boolean paused, boolean rolling) {
    return new MachineOwner(
        new ObjectRef("cluster.x-k8s.io/v1beta1", "MachineDeployment", "default", "md-0", ""),
        paused,
        rolling,
        false,
        List.of());
  }

  static Stream<Arguments> hands() {
    var rolling = plane().owners(pool(false, true));
    return Stream.of(
        arguments(plane(), "Propose ReplaceNode", ""),
        arguments(plane().healthChecks(check(Status.True, "Unknown")), "Defer ReplaceNode", "mhc"),
        arguments(plane().healthChecks(check(Status.True, "False")), "Propose ReplaceNode", ""),
        arguments(plane().healthChecks(check(Status.False, "Unknown")), "Propose ReplaceNode", ""),
        arguments(rolling, "Defer ReplaceNode", "rolling out"),
        arguments(plane().owners(pool(true, false)), "Defer ReplaceNode", "paused"));
  }

  @ParameterizedTest
  @MethodSource("hands")
  void whoIsAtItAlreadyGoesFirst(
      io.nephio.recovery.facts.ControlPlaneSample around, String decided, String why) {
    assertDecided(
        cluster("c")
            .machines(worker("w1").labels("pool", "a"), worker("w2"), worker("w3"))
            .nodes(silent("w1", HOUR))
            .management(around.ready(0, 0).management()),
        decided,
        why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cluster.x-k8s.io/delete-machine",
        "host.metal3.io/external-remediation",
        "remediation.medik8s.io/nhc-timed-out",
        "cluster.x-k8s.io/skip-remediation",
        "cluster.x-k8s.io/paused"
      })
  void marksOfOthersAreHeeded(String annotation) {
    assertDecided(
        cluster("c")
            .machines(worker("w1").annotations(annotation, ""), worker("w2"), worker("w3"))
            .nodes(silent("w1", HOUR)),
        "Defer ReplaceNode",
        annotation);
  }

  @Test
  void aFailureDomainTripsByItself() {
    ClusterSample cluster =
        cluster("c")
            .machines(
                worker("a1").in("a").of("md-1"),
                worker("a2").in("a").of("md-2"),
                worker("a3").in("a").of("md-3"),
                worker("b1").in("b").of("md-1"),
                worker("b2").in("b").of("md-2"),
                worker("b3").in("b").of("md-3"))
            .nodes(silent("a1", ago("PT9H")), silent("a2", HOUR));
    assertDecided(cluster, "Manual None", "failure domain a");
  }

  @Test
  void afterAStormNothingIsProposedUntilItHasBeenQuiet() {
    List<Node> dead = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      dead.add(silent("w" + i, ago("PT" + i + "H")));
    }
    ClusterSample stormy = cluster("c").machines(worker("w1"), worker("w2"), worker("w3"));
    Plan storm = plan(stormy.nodes(dead), Memory.EMPTY, NOW);
    ClusterSample calm =
        cluster("c").machines(worker("w1"), worker("w2"), worker("w3")).nodes(silent("w1", HOUR));

    assertThat(storm.proposals()).isEmpty();
    assertThat(plan(calm, storm.memory(), NOW.plusSeconds(599)).proposals()).isEmpty();
    assertThat(plan(calm, storm.memory(), NOW.plusSeconds(600)).proposals()).hasSize(1);
  }

  @Test
  void whatOnlySuffersFromItsNodeIsASymptom() {
    var inside =
        web()
            .pods(
                pod("p").on("n1").crashing(ago("PT50M")), pod("q").on("n1").unready(ago("PT50M")));
    Plan plan = plan(with(inside).nodes(silent("n1", HOUR)), Memory.EMPTY, NOW);
    assertThat(plan.decisions()).singleElement().isInstanceOf(Decision.Propose.class);
    assertThat(plan.findings()).filteredOn(v -> v.symptomOf().isPresent()).hasSize(2);
  }

  @Test
  void whatBeganBeforeItsNodeFailedIsNot() {
    var inside = web().pods(pod("p").on("n1").crashing(ago("PT5H")));
    Plan plan = plan(with(inside).nodes(silent("n1", HOUR)), Memory.EMPTY, NOW);
    assertThat(plan.decisions()).hasSize(2);
  }

  private static void assertDecided(ClusterSample cluster, String decided, String why) {
    List<Decision> decisions = plan(cluster, Memory.EMPTY, NOW).decisions();
    if (decided.isEmpty()) {
      assertThat(decisions).isEmpty();
      return;
    }
    assertThat(decisions)
        .singleElement()
        .satisfies(
            d ->
                assertThat(d.getClass().getSimpleName() + " " + d.act().action())
                    .as(d.why())
                    .isEqualTo(decided))
        .satisfies(d -> assertThat(d.why()).contains(why));
  }

  private static Plan plan(ClusterSample cluster, Memory memory, Instant at) {
    return Planner.plan(
        Policies.policy(""), new Fleet(List.of(cluster.cluster())), Ledger.empty(), memory, at);
  }
}
