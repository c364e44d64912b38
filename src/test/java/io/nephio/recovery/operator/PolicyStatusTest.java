package io.nephio.recovery.operator;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.notReady;
import static io.nephio.recovery.facts.Sample.ready;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.api.ClusterPolicyStatus;
import io.nephio.recovery.api.ClusterPolicyStatus.Attention;
import io.nephio.recovery.api.ClusterPolicyStatus.ClusterState;
import io.nephio.recovery.api.ClusterPolicyStatus.Summary;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Reach;
import io.nephio.recovery.plan.Entries;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.Plan;
import io.nephio.recovery.plan.Planner;
import io.nephio.recovery.plan.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyStatusTest {
  private static final Policy POLICY = policy("edge");
  private static final ClusterPolicyStatus NEW = ClusterPolicyStatus.empty();

  @Test
  void theSameConclusionIsTheSameStatus() {
    ClusterPolicyStatus first = status(NEW, NOW, dead());

    assertThat(status(first, NOW.plusSeconds(30), dead())).isEqualTo(first);
  }

  @Test
  void aStateHasABeginningOfItsOwn() {
    Instant later = NOW.plusSeconds(30);
    ClusterPolicyStatus first = status(NEW, NOW, healthy());
    ClusterPolicyStatus second = status(first, later, dead());

    assertThat(only(first)).extracting(ClusterState::state).isEqualTo("Healthy");
    assertThat(only(first).since()).isEqualTo(NOW);
    assertThat(only(second)).extracting(ClusterState::state).isEqualTo("Degraded");
    assertThat(only(second).since()).isEqualTo(later);
  }

  @Test
  void theFirstIdentityIsKept() {
    ClusterPolicyStatus first = status(NEW, NOW, healthy());
    Cluster later =
        new KnownClusters(first, NOW)
            .check(new Fleet(List.of(changed(healthy().cluster(), "another"))))
            .clusters()
            .get(0);

    assertThat(only(first).kubeSystemUid()).isEqualTo("kube-system-uid-c");
    assertThat(only(status(first, NOW, later)).kubeSystemUid()).isEqualTo("kube-system-uid-c");
    assertThat(only(status(first, NOW, later)).state()).isEqualTo("Unreachable");
  }

  @Test
  void anOpenBreakerHasABeginningAndItsNumbers() {
    ClusterPolicyStatus first = status(NEW, NOW, storm());
    ClusterPolicyStatus second = status(first, NOW.plusSeconds(30), storm());

    assertThat(only(first).breaker().open()).isTrue();
    assertThat(only(first).breaker().reason()).isEqualTo("3 of 4 Machines unhealthy, limit 1");
    assertThat(only(second).breaker().since()).isEqualTo(NOW);
    assertThat(only(status(second, NOW.plusSeconds(60), healthy())).breaker().open()).isFalse();
  }

  @Test
  void whatIsProposedNeedsNoAttentionUnlessItIsHeld() {
    PolicyStatus status = new PolicyStatus(POLICY, NEW, Ledger.empty(), NOW);
    Fleet fleet = new Fleet(List.of(dead().cluster()));
    Plan plan = Planner.plan(POLICY, fleet, Ledger.empty(), NOW);

    assertThat(status.of(plan, fleet, List.of(), Optional.empty()).attention()).isEmpty();
    assertThat(status.of(plan, fleet, List.of(), Optional.of("no Secret")).attention())
        .containsExactly(
            new Attention(
                "default/c", "Node m1", "NodeNotReady", "Defer", "no Secret", ago("PT1H"), null));
  }

  @Test
  void whatAPersonMustDoIsToldAndCounted() {
    ClusterPolicyStatus status = status(NEW, NOW, storm());

    assertThat(status.attention())
        .singleElement()
        .satisfies(a -> assertThat(a.decision()).isEqualTo("Manual"));
    assertThat(status.summary()).isEqualTo(new Summary(1, 1, 0, 0, 1));
  }

  @ParameterizedTest
  @EnumSource
  void remediationsAreCountedByWhatTheyWaitFor(Phase phase) {
    Ledger ledger = new Ledger(List.of(in(phase)));
    int open = phase == Phase.Proposed ? 1 : 0;
    int executing = phase.inFlight() ? 1 : 0;

    assertThat(summary(POLICY, ledger)).isEqualTo(new Summary(1, 0, open, executing, 0));
    assertThat(summary(policy("another"), ledger)).isEqualTo(new Summary(1, 0, 0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({"paused, 0", "deleting, 0", "unreachable, 1", "dead, 1", "healthy, 0"})
  void whatIsNotAsItShouldBeCountsAsDegraded(String what, int degraded) {
    ClusterSample sample =
        switch (what) {
          case "paused" -> dead().paused();
          case "deleting" -> dead().deleting();
          case "unreachable" -> healthy().reach(new Reach.Unreachable(ago("PT1H"), "refused"));
          case "dead" -> dead();
          default -> healthy();
        };

    assertThat(status(NEW, NOW, sample).summary().degraded()).isEqualTo(degraded);
  }

  @Test
  void whileNothingIsSeenWhatWasKnownStands() {
    ClusterPolicyStatus before = status(NEW, NOW, storm());
    ClusterPolicyStatus blind =
        new PolicyStatus(POLICY, before, Ledger.empty(), NOW.plus(Duration.ofHours(1)))
            .blind(before.conditions());

    assertThat(blind).isEqualTo(before);
  }

  private static Summary summary(Policy policy, Ledger ledger) {
    Fleet fleet = new Fleet(List.of(healthy().cluster()));
    Plan plan = Planner.plan(policy, fleet, ledger, NOW);
    return new PolicyStatus(policy, NEW, ledger, NOW)
        .of(plan, fleet, List.of(), Optional.empty())
        .summary();
  }

  private static ClusterPolicyStatus status(
      ClusterPolicyStatus before, Instant at, ClusterSample sample) {
    return status(before, at, sample.cluster());
  }

  private static ClusterPolicyStatus status(
      ClusterPolicyStatus before, Instant at, Cluster cluster) {
    Fleet fleet = new Fleet(List.of(cluster));
    Plan plan = Planner.plan(POLICY, fleet, Ledger.empty(), at);
    return new PolicyStatus(POLICY, before, Ledger.empty(), at)
        .of(plan, fleet, List.of(), Optional.empty());
  }

  private static ClusterState only(ClusterPolicyStatus status) {
    assertThat(status.clusters()).hasSize(1);
    return status.clusters().get(0);
  }

  private static ClusterSample healthy() {
    return cluster("c").machines(worker("m1")).nodes(ready("m1"));
  }

  private static ClusterSample dead() {
    return cluster("c").machines(worker("m1")).nodes(notReady("m1", ago("PT1H")));
  }

  private static ClusterSample storm() {
    return cluster("c")
        .machines(Stream.of("m1", "m2", "m3", "m4").map(m -> worker(m).machine()).toList())
        .nodes(
            notReady("m1", ago("PT1H")),
            notReady("m2", ago("PT1H")),
            notReady("m3", ago("PT1H")),
            ready("m4"));
  }

  private static Cluster changed(Cluster c, String kubeSystemUid) {
    return new Cluster(
        c.ref(),
        c.object(),
        c.labels(),
        c.paused(),
        c.deleting(),
        c.infrastructureReady(),
        c.machines(),
        c.reach(),
        c.nodes(),
        kubeSystemUid);
  }

  private static LedgerEntry in(Phase phase) {
    return Entries.worker(RemediationStatus.empty().with(phase, "", ""));
  }

  /** Of the namespace and, if so named, the one of {@link Entries}. */
  private static Policy policy(String name) {
    return new Policy(
        "default", name, "policy-uid", 1, ago("PT720H"), ClusterPolicySpec.defaults());
  }
}
