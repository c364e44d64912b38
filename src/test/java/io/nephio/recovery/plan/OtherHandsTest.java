package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.node;
import static io.nephio.recovery.facts.Sample.plane;
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.HealthCheck;
import io.nephio.recovery.facts.MachineSample;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who else is at it already, for a Node that is to be replaced and for one that is to be drained.
 */
class OtherHandsTest {
  private static final Instant HOUR = ago("PT1H");

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "cluster.x-k8s.io/paused",
    "cluster.x-k8s.io/skip-remediation",
    "cluster.x-k8s.io/delete-machine",
    "host.metal3.io/external-remediation",
    "remediation.medik8s.io/nhc-timed-out"
  })
  void anAnnotationOfTheMachine(String annotation) {
    MachineSample machine = worker("w1").annotations(annotation, "");
    assertBothWait(machine, List.of(), Map.of(), false, annotation);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ToBeDeletedByClusterAutoscaler",
    "DeletionCandidateOfClusterAutoscaler",
    "medik8s.io/remediation",
    "node.kubernetes.io/out-of-service"
  })
  void aTaintOfTheNode(String key) {
    Node.Taint taint = new Node.Taint(key, "NoSchedule", Optional.empty());
    assertBothWait(worker("w1"), List.of(taint), Map.of(), false, key);
  }

  static Stream<Arguments> others() {
    return Stream.of(
        arguments(
            worker("w1"),
            Map.of("remediation.medik8s.io/exclude-from-remediation", "true"),
            false,
            "exclude-from-remediation"),
        arguments(worker("w1"), Map.of(), true, "cordoned"),
        arguments(
            worker("w1").conditions(condition("Updating", Status.True, HOUR)),
            Map.of(),
            false,
            "updated in place"));
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("others")
  void aMarkOfSomebody(
      MachineSample machine, Map<String, String> labels, boolean cordoned, String why) {
    assertBothWait(machine, List.of(), labels, cordoned, why);
  }

  private static void assertBothWait(
      MachineSample machine,
      List<Node.Taint> taints,
      Map<String, String> labels,
      boolean cordoned,
      String why) {
    for (Node is : List.of(silent("w1", HOUR), pressed())) {
      Node marked =
          new Node(
              is.ref(), is.created(), false, cordoned, labels, Map.of(), taints, is.conditions());
      Decision decision =
          Plans.plan("", with(machine).nodes(marked).contents(contents().contents()))
              .decisions()
              .get(0);
      assertThat(decision).as(decision.why()).isInstanceOf(Decision.Defer.class);
      assertThat(decision.why()).contains(why);
    }
  }

  private static Node pressed() {
    return node(
        "w1",
        condition("Ready", Status.True, ago("PT9H")),
        condition("DiskPressure", Status.True, HOUR));
  }

  private static ClusterSample with(MachineSample first) {
    return cluster("c").machines(first, worker("w2"), worker("w3"));
  }

  @ParameterizedTest(name = "paused {0}, deleting {1}")
  @CsvSource({"true, false, Paused", "false, true, Deleting", "true, true, Deleting"})
  void aClusterThatIsPausedOrDeletedIsNotJudged(boolean paused, boolean deleting, String state) {
    ClusterSample cluster = with(worker("w1").failed());
    if (paused) {
      cluster.paused();
    }
    Plan plan = Plans.plan("", deleting ? cluster.deleting() : cluster);

    assertThat(plan.findings()).isEmpty();
    assertThat(plan.clusters().get(0).state().name()).isEqualTo(state);
  }

  /** Allowed to act, and has marked the Machine or checks what it shows, and is not late. */
  @ParameterizedTest(name = "selects {0}, allowed {1}, checks {2} for {3}, marked {4} ago")
  @CsvSource({
    "a, True, Unknown, PT58M, , Defer",
    "a, True, Unknown, PT50M, , Propose",
    "a, True, False, PT58M, , Propose",
    "a, False, Unknown, PT58M, , Propose",
    "a, Unknown, Unknown, PT58M, , Defer",
    "b, True, Unknown, PT58M, , Propose",
    "a, True, False, PT58M, PT4M, Defer",
    "a, True, False, PT58M, PT5M, Propose",
    "a, False, False, PT58M, PT4M, Propose"
  })
  void aHealthCheckThatWillSeeToIt(
      String pool, Status allowed, String checks, Duration timeout, String marked, String decided) {
    HealthCheck check =
        new HealthCheck(
            new ObjectRef("cluster.x-k8s.io/v1beta1", "MachineHealthCheck", "default", "mhc", ""),
            "c",
            new Selector(Map.of("pool", pool), List.of()),
            Optional.empty(),
            List.of(new HealthCheck.Check(true, "Ready", checks, timeout)),
            Optional.of(condition("RemediationAllowed", allowed, HOUR)));
    Condition[] marks =
        Stream.ofNullable(marked)
            .map(m -> condition("HealthCheckSucceeded", Status.False, ago(m)))
            .toArray(Condition[]::new);
    ClusterSample cluster =
        with(worker("w1").labels("pool", "a").conditions(marks))
            .nodes(silent("w1", HOUR))
            .management(plane().healthChecks(check).ready(0, 0).management());
    Decision decision = Plans.plan("", cluster).decisions().get(0);

    assertThat(decision.getClass().getSimpleName()).as(decision.why()).isEqualTo(decided);
  }
}
