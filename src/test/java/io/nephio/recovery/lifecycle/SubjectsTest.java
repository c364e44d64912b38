package io.nephio.recovery.lifecycle;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.node;
import static io.nephio.recovery.facts.Sample.pod;
import static io.nephio.recovery.facts.Sample.ready;
import static io.nephio.recovery.facts.Sample.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.api.FailureClass;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationSpec.Owner;
import io.nephio.recovery.api.RemediationSpec.Target;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.ContentsSample;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.WorkloadSample;
import io.nephio.recovery.plan.Entries;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is drained, deleted, restarted or applied again: before the act, and whether it helped. */
class SubjectsTest {
  private static final ClusterPolicySpec POLICY = ClusterPolicySpec.defaults();
  private static final Instant STARTED = ago("PT5M");
  private static final Instant LONG = ago("PT2H");
  private static final String CRD = "fruits.example.com";

  private static final RemediationSpec DRAIN =
      spec(
          Action.DrainNode,
          FailureClass.Pressure,
          new Target("v1", "Node", null, "n1", "node-uid-n1"),
          null);
  private static final RemediationSpec DELETE =
      spec(
          Action.DeletePod,
          FailureClass.Crash,
          new Target("v1", "Pod", "shop", "p1", "pod-uid-p1"),
          new Owner("apps/v1", "Deployment", "shop", "web", "1"));
  private static final RemediationSpec RESTART =
      spec(
          Action.RestartRollout,
          FailureClass.Rollout,
          new Target("apps/v1", "Deployment", "shop", "web", "workload-uid-web"),
          new Owner("apps/v1", "Deployment", "shop", "web", "2"));
  private static final RemediationSpec REAPPLY =
      spec(
          Action.ReapplyCrd,
          FailureClass.Crd,
          new Target("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, CRD, ""),
          null);

  static Stream<Arguments> before() {
    return Stream.of(
        arguments("well", DRAIN, nodes(ready("n1")), "Healthy"),
        arguments("pressed for long", DRAIN, nodes(pressed("n1", LONG)), "Failing"),
        arguments("pressed just now", DRAIN, nodes(pressed("n1", NOW)), "Unseen"),
        arguments("another pressed", DRAIN, nodes(ready("n1"), pressed("n2", LONG)), "Healthy"),
        arguments("gone", DRAIN, nodes(ready("n2")), "Gone"),
        arguments("not looked", DRAIN, cluster("c").nodesNotLooked().cluster(), "Unseen"),
        arguments("well", DELETE, in(shop().pods(pod("p1").in("shop"))), "Healthy"),
        arguments(
            "crashing for long",
            DELETE,
            in(shop().pods(pod("p1").in("shop").crashing(LONG))),
            "Failing"),
        arguments(
            "not ready, and nothing is found",
            DELETE,
            in(shop().pods(pod("p1").in("shop").unready(LONG))),
            "Unseen"),
        arguments("gone", DELETE, in(shop().pods(pod("p2").in("shop").crashing(LONG))), "Gone"),
        arguments("going", DELETE, in(shop().pods(pod("p1").in("shop").deleting())), "Gone"),
        arguments("not looked", DELETE, in(shop().podsNotLooked()), "Unseen"),
        arguments("all ready", RESTART, in(shop().workloads(web())), "Healthy"),
        arguments(
            "stalled for long",
            RESTART,
            in(shop().workloads(web().ready(1, 3)).pods(pod("p1").in("shop").unready(LONG))),
            "Failing"),
        arguments("gone", RESTART, in(shop()), "Gone"),
        arguments("missing", REAPPLY, in(shop()), "Unseen"),
        arguments("not looked", REAPPLY, in(shop().crdsNotLooked()), "Unseen"),
        arguments("established", REAPPLY, in(established(Status.True)), "Healthy"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("before")
  void beforeTheAct(String what, RemediationSpec spec, Cluster cluster, String health) {
    assertThat(Diagnosis.target(spec, cluster, POLICY, true, NOW).getClass().getSimpleName())
        .isEqualTo(health);
  }

  static Stream<Arguments> after() {
    return Stream.of(
        arguments("well", DRAIN, nodes(ready("n1")), "Healthy"),
        arguments("still pressed", DRAIN, nodes(pressed("n1", LONG)), "Failing"),
        arguments("pressed anew", DRAIN, nodes(pressed("n1", NOW)), "Failing"),
        arguments("gone", DRAIN, nodes(ready("n2")), "Failing"),
        arguments("still there", DELETE, in(shop().pods(pod("p1").in("shop"))), "Failing"),
        arguments(
            "its place is taken",
            DELETE,
            in(shop().pods(pod("p2").in("shop")).workloads(web())),
            "Healthy"),
        arguments(
            "one is missing",
            DELETE,
            in(shop().pods(pod("p2").in("shop")).workloads(web().ready(2, 3))),
            "Failing"),
        arguments("nobody knows", DELETE, in(shop().podsNotLooked()), "Unseen"),
        arguments("all ready", RESTART, in(shop().workloads(web())), "Healthy"),
        arguments("not all", RESTART, in(shop().workloads(web().ready(2, 3))), "Failing"),
        arguments("not begun", RESTART, in(shop().workloads(web().notObserved())), "Failing"),
        arguments("established", REAPPLY, in(established(Status.True)), "Healthy"),
        arguments("not established", REAPPLY, in(established(Status.False)), "Failing"),
        arguments(
            "being deleted",
            REAPPLY,
            in(shop().crd(CRD, Optional.of(NOW), condition("Established", Status.True, LONG))),
            "Failing"),
        arguments("missing", REAPPLY, in(shop()), "Failing"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("after")
  void afterTheAct(String what, RemediationSpec spec, Cluster cluster, String health) {
    assertThat(
            Diagnosis.replacement(spec, STARTED, cluster, POLICY, NOW).getClass().getSimpleName())
        .isEqualTo(health);
  }

  private static ContentsSample shop() {
    return contents().replicaSet("web-1", "Deployment", "web");
  }

  private static WorkloadSample web() {
    return workload("Deployment", "web").in("shop");
  }

  private static ContentsSample established(Status status) {
    return shop().crd(CRD, Optional.empty(), condition("Established", status, LONG));
  }

  private static Cluster in(ContentsSample contents) {
    return cluster("c").nodes(ready("n1")).contents(contents.contents()).cluster();
  }

  private static Cluster nodes(Node... nodes) {
    return cluster("c").nodes(nodes).cluster();
  }

  private static Node pressed(String name, Instant since) {
    Condition pressure = condition("MemoryPressure", Status.True, since);
    return node(name, condition("Ready", Status.True, LONG), pressure);
  }

  static RemediationSpec spec(
      Action action, FailureClass failure, Target target, @Nullable Owner owner) {
    RemediationSpec of = Entries.worker(RemediationStatus.empty()).spec();
    return Entries.spec(action, failure, of.cluster(), target, null, owner);
  }
}
