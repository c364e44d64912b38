package io.nephio.recovery.lifecycle;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.node;
import static io.nephio.recovery.facts.Sample.notReady;
import static io.nephio.recovery.facts.Sample.pod;
import static io.nephio.recovery.facts.Sample.ready;
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationSpec.ClusterIdentity;
import io.nephio.recovery.api.RemediationSpec.MachineRef;
import io.nephio.recovery.api.RemediationSpec.Owner;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.MachineSample;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.Reach;
import io.nephio.recovery.plan.Entries;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosisTest {
  /** A Node counts as failing after 5 minutes. */
  private static final ClusterPolicySpec POLICY = ClusterPolicySpec.defaults();

  private static final Owner MD_0 =
      new Owner("cluster.x-k8s.io/v1beta1", "MachineDeployment", "default", "md-0", "");

  private static final Instant STARTED = ago("PT10M");
  private static final Reach DOWN = new Reach.Unreachable(ago("PT1H"), "connection refused");
  private static final Reach REFUSED = new Reach.CredentialProblem(ago("PT1H"), "401");

  static Stream<Arguments> targets() {
    return Stream.of(
        arguments("healthy", Health.Healthy.class, m1(ready("m1"))),
        arguments("silent for an hour", Health.Failing.class, m1(silent("m1", ago("PT1H")))),
        arguments("not ready for 5 minutes", Health.Failing.class, m1(notReady("m1", ago("PT5M")))),
        arguments(
            "a Node without Ready condition proves nothing",
            Health.Unseen.class,
            m1(node("m1", condition("MemoryPressure", Status.False, ago("PT1H"))))),
        arguments(
            "its Node gone",
            Health.Failing.class,
            cluster("c").machines(worker("m1")).onlyTheseNodes()),
        arguments(
            "never had a Node in its time",
            Health.Failing.class,
            cluster("c").machines(worker("m1").neverNode()).nodes(ready("m1"))),
        arguments("Nodes not looked at", Health.Unseen.class, m1(ready("m1")).nodesNotLooked()),
        arguments("Machine failed", Health.Failing.class, failed().nodes(ready("m1"))),
        arguments("another Machine failed", Health.Healthy.class, m1AndFailedM2()),
        arguments("Machine failed, unreachable", Health.Failing.class, failed().reach(DOWN)),
        arguments("unreachable", Health.Unseen.class, m1(ready("m1")).reach(DOWN)),
        arguments("refused", Health.Unseen.class, m1(silent("m1", ago("PT1H"))).reach(REFUSED)),
        arguments("never asked", Health.Unseen.class, m1(ready("m1")).reach(new Reach.NotTried())),
        arguments("Machine gone", Health.Gone.class, cluster("c").machines(worker("m2"))),
        arguments(
            "Machine deleting", Health.Gone.class, cluster("c").machines(worker("m1").deleting())),
        arguments(
            "paused and failing: nobody judges, and the Node says no",
            Health.Unseen.class,
            m1(silent("m1", ago("PT1H"))).paused()),
        arguments("paused and ready", Health.Healthy.class, m1(ready("m1")).paused()),
        arguments("being deleted", Health.Unseen.class, m1(silent("m1", ago("PT1H"))).deleting()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void theTargetBeforeTheAct(String what, Class<? extends Health> health, ClusterSample sample) {
    assertThat(target(sample.cluster(), true)).isInstanceOf(health);
  }

  @ParameterizedTest
  @CsvSource({"true, Unseen", "false, Failing"})
  void aFailureBelowItsThresholdEndsARecoveryButStartsNothing(boolean overdue, String health) {
    Health seen = target(m1(notReady("m1", ago("PT4M59S"))).cluster(), overdue);

    assertThat(seen.getClass().getSimpleName()).isEqualTo(health);
    if (seen instanceof Health.Unseen unseen) {
      assertThat(unseen.why())
          .isEqualTo("NodeNotReady for 4m59s only, its threshold is not crossed");
    }
  }

  @ParameterizedTest(name = "a pod crashes on {0}")
  @CsvSource({"m1, Failing", "m2, Healthy"})
  void whatIsReplacedForItsCrashesFailsAsLongAsTheyGoOn(String node, String health) {
    ClusterSample sample =
        m1(ready("m1"))
            .contents(contents().pods(pod("p").on(node).crashing(ago("PT1H"))).contents());
    RemediationSpec spec = Entries.crash(Entries.worker(RemediationStatus.empty()).spec());
    Health seen = Diagnosis.target(spec, sample.cluster(), POLICY, true, NOW);

    assertThat(seen.getClass().getSimpleName()).isEqualTo(health);
  }

  @ParameterizedTest(name = "decided in ({0}, {1}): {2}")
  @CsvSource({
    "cluster-uid-c, kube-system-uid-c, Healthy",
    "'', '', Healthy",
    "another, kube-system-uid-c, WrongCluster",
    "cluster-uid-c, another, WrongCluster",
  })
  void anotherClusterIsNeverJudged(String uid, String kubeSystem, String health) {
    RemediationSpec spec = spec(uid, kubeSystem);
    Cluster cluster = m1(ready("m1")).cluster();
    Cluster replaced = m2(ready("m2")).cluster();

    assertThat(Diagnosis.target(spec, cluster, POLICY, true, NOW).getClass().getSimpleName())
        .isEqualTo(health);
    assertThat(
            Diagnosis.replacement(spec, STARTED, replaced, POLICY, NOW).getClass().getSimpleName())
        .isEqualTo(health);
  }

  @Test
  void aClusterThatIsOutOfReachIsNotAWrongOne() {
    Cluster known = m1(ready("m1")).nodesNotLooked().reach(DOWN).cluster();
    Cluster unknown =
        new Cluster(
            known.ref(),
            known.object(),
            known.labels(),
            known.paused(),
            known.deleting(),
            known.infrastructureReady(),
            known.machines(),
            known.reach(),
            known.nodes(),
            "");

    assertThat(Diagnosis.target(spec("cluster-uid-c", "first-seen"), unknown, POLICY, true, NOW))
        .isInstanceOf(Health.Unseen.class);
  }

  static Stream<Arguments> replacements() {
    return Stream.of(
        arguments("none yet", Health.Failing.class, cluster("c").machines(List.of())),
        arguments(
            "without Node",
            Health.Failing.class,
            cluster("c").machines(List.of(fresh("m2"))).onlyTheseNodes()),
        arguments("its Node not Ready", Health.Failing.class, m2(notReady("m2", ago("PT1M")))),
        arguments("its Node Ready", Health.Healthy.class, m2(ready("m2"))),
        arguments("unreachable", Health.Unseen.class, m2(ready("m2")).reach(DOWN)),
        arguments("Nodes not looked at", Health.Unseen.class, m2(ready("m2")).nodesNotLooked()),
        arguments("none yet, unreachable", Health.Failing.class, cluster("c").reach(DOWN)),
        arguments(
            "one that was there before",
            Health.Failing.class,
            cluster("c")
                .machines(List.of(created(worker("m2"), STARTED.minusSeconds(1))))
                .nodes(ready("m2"))),
        arguments(
            "one made in the second of the act",
            Health.Healthy.class,
            cluster("c").machines(List.of(created(worker("m2"), STARTED))).nodes(ready("m2"))),
        arguments(
            "one of another owner",
            Health.Failing.class,
            cluster("c")
                .machines(List.of(created(worker("m2").of("md-1"), ago("PT5M"))))
                .nodes(ready("m2"))),
        arguments(
            "one that nobody owns",
            Health.Failing.class,
            cluster("c")
                .machines(List.of(created(worker("m2").withoutController(), ago("PT5M"))))
                .nodes(ready("m2"))),
        arguments(
            "one that is going already",
            Health.Failing.class,
            cluster("c")
                .machines(List.of(created(worker("m2").deleting(), ago("PT5M"))))
                .nodes(ready("m2"))),
        arguments(
            "one of two Ready",
            Health.Healthy.class,
            cluster("c")
                .machines(List.of(fresh("m2"), fresh("m3")))
                .nodes(notReady("m2", ago("PT1M")), ready("m3"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("replacements")
  void whatTakesItsPlace(String what, Class<? extends Health> health, ClusterSample sample) {
    assertThat(
            Diagnosis.replacement(
                spec("cluster-uid-c", "kube-system-uid-c"), STARTED, sample.cluster(), POLICY, NOW))
        .isInstanceOf(health);
  }

  @Test
  void withoutAnOwnerNothingTakesItsPlace() {
    assertThat(
            Diagnosis.replacement(
                spec("", "", null), STARTED, m2(ready("m2")).cluster(), POLICY, NOW))
        .isInstanceOf(Health.Failing.class);
  }

  private static Health target(Cluster cluster, boolean overdue) {
    return Diagnosis.target(
        spec("cluster-uid-c", "kube-system-uid-c"), cluster, POLICY, overdue, NOW);
  }

  private static RemediationSpec spec(String clusterUid, String kubeSystemUid) {
    return spec(clusterUid, kubeSystemUid, MD_0);
  }

  /** Machine m1 is to be replaced. */
  private static RemediationSpec spec(String clusterUid, String kubeSystemUid, Owner owner) {
    RemediationSpec of = Entries.worker(RemediationStatus.empty()).spec();
    return Entries.spec(
        of.action(),
        new ClusterIdentity("default", "c", clusterUid, kubeSystemUid),
        of.target(),
        new MachineRef("default", "m1", "machine-uid-m1"),
        owner);
  }

  private static ClusterSample m1(Node node) {
    return cluster("c").machines(worker("m1")).nodes(node);
  }

  private static ClusterSample failed() {
    return cluster("c").machines(worker("m1").failed());
  }

  private static ClusterSample m1AndFailedM2() {
    return cluster("c").machines(worker("m1"), worker("m2").failed()).nodes(ready("m1"));
  }

  private static ClusterSample m2(Node node) {
    return cluster("c").machines(List.of(fresh("m2"))).nodes(node);
  }

  private static Machine fresh(String name) {
    return created(worker(name), ago("PT5M"));
  }

  private static Machine created(MachineSample sample, Instant created) {
    Machine m = sample.machine();
    return new Machine(
        m.ref(),
        m.cluster(),
        m.labels(),
        m.annotations(),
        created,
        m.deleting(),
        m.controlPlane(),
        m.controller(),
        m.owner(),
        m.phase(),
        m.node(),
        m.failure(),
        m.conditions());
  }
}
