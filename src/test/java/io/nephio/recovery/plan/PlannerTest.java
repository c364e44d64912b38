package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.controlPlane;
import static io.nephio.recovery.facts.Sample.notReady;
import static io.nephio.recovery.facts.Sample.ready;
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.MachineSample;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.Reach;
import io.nephio.recovery.facts.Sample;
import io.nephio.recovery.judge.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {
  @Test
  void aMachineAndItsNodeAreOneIncident() {
    Plan plan = plan(with(worker("m1").failed()).nodes(notReady("m1", ago("PT1H"))));

    assertThat(plan.proposals())
        .singleElement()
        .satisfies(p -> assertThat(p.act().action()).isEqualTo(Action.ReplaceMachine))
        .satisfies(p -> assertThat(p.incident().symptoms()).hasSize(1));
    assertThat(plan.findings())
        .extracting(Verdict::symptomOf)
        .containsExactly(Optional.empty(), Optional.of(plan.proposals().get(0).id().name()));
  }

  @Test
  void twoUnrelatedFailuresStayTwo() {
    ClusterSample cluster = with(worker("m1").failed(), worker("m2").failed());

    assertThat(plan("maxUnhealthy: 2", cluster).proposals()).hasSize(2);
  }

  @Test
  void withoutUidsTwoUnrelatedFailuresStayTwo() {
    ClusterSample cluster =
        with(worker("m1").withoutUid().failed(), worker("m2").withoutUid().failed());

    assertThat(plan("maxUnhealthy: 2", cluster).proposals())
        .extracting(p -> p.id().fingerprint())
        .doesNotHaveDuplicates()
        .hasSize(2);
  }

  static Stream<Arguments> manual() {
    Node dead = silent("m1", ago("PT1H"));
    return Stream.of(
        arguments(with(controlPlane("m1").failed()), "control-plane"),
        arguments(with(controlPlane("m1")).nodes(dead), "control-plane"),
        arguments(cluster("c").nodes(dead), "no Machine"),
        arguments(with(worker("m1").withoutController().failed()), "no controller"),
        arguments(with(worker("m1").neverNode().failed()), "never became a Node"),
        arguments(
            cluster("c").reach(new Reach.Unreachable(ago("PT1H"), "timeout")), "does not answer"),
        arguments(cluster("c").reach(new Reach.CredentialProblem(NOW, "401")), "refuses"),
        arguments(
            with(worker("m1").failed())
                .infrastructure(condition("InfraReady", Status.False, ago("PT1H")))
                .nodes(dead),
            "infrastructure is not ready"),
        arguments(with(worker("m1").failed(), worker("m2").failed()), "too many at once"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("manual")
  void isForAPerson(ClusterSample cluster, String why) {
    assertThat(plan(cluster).decisions())
        .singleElement()
        .isInstanceOf(Decision.Manual.class)
        .satisfies(d -> assertThat(d.act().action()).isEqualTo(Action.None))
        .satisfies(d -> assertThat(d.why()).contains(why));
  }

  static Stream<Arguments> deferred() {
    String observe = "approvals: [{mode: 'Observe'}]";
    String gold = "approvals: [{machineSelector: {matchLabels: {tier: 'gold'}}, mode: 'Observe'}]";
    return Stream.of(
        arguments("", worker("m1").annotations(Machine.PAUSED, ""), Machine.PAUSED),
        arguments(
            "", worker("m1").annotations(Machine.SKIP_REMEDIATION, ""), Machine.SKIP_REMEDIATION),
        arguments("suspend: true", worker("m1"), "suspended"),
        arguments(observe, worker("m1"), "Observe"),
        arguments(gold, worker("m1").labels("tier", "gold"), "Observe"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("deferred")
  void waitsForOtherHands(String policy, MachineSample machine, String why) {
    assertThat(plan(policy, with(machine.failed())).decisions())
        .singleElement()
        .isInstanceOf(Decision.Defer.class)
        .satisfies(d -> assertThat(d.why()).contains(why));
  }

  @Test
  void aRuleForOtherMachinesOrActionsDoesNotHoldBack() {
    String policy =
        "approvals: [{machineSelector: {matchLabels: {tier: 'gold'}}, mode: 'Observe'}, {actions:"
            + " ['DrainNode'], mode: 'Observe'}]";

    assertThat(plan(policy, with(worker("m1").failed())).proposals()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "0, false", "-1, false"})
  void aRejectionHoldsUntilItsInstant(long secondsLeft, boolean snoozed) {
    Instant until = NOW.plusSeconds(secondsLeft);
    Plan plan = planWith(Entries.rejected(proposal(), until));

    assertThat(
            plan.decisions().get(0) instanceof Decision.Defer d
                && d.retryAt().equals(Optional.of(until)))
        .isEqualTo(snoozed);
    assertThat(plan.proposals()).hasSize(snoozed ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource({"2, PT1H, true", "3, PT1H, false", "3, PT23H59M59S, false", "3, PT24H, true"})
  void theBudgetCountsExecutionsWithinTheWindow(int times, String ago, boolean proposed) {
    LedgerEntry entry = Entries.executed(proposal(), ago(ago));
    Plan plan = planWith(Collections.nCopies(times, entry).toArray(LedgerEntry[]::new));

    assertThat(plan.proposals()).hasSize(proposed ? 1 : 0);
    assertThat(plan.decisions().get(0) instanceof Decision.Manual).isEqualTo(!proposed);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "2, false"})
  void nothingIsProposedAThirdTimeUnmerged(int expired, boolean proposed) {
    LedgerEntry entry = Entries.entry(proposal(), Phase.Expired);
    Plan plan = planWith(Collections.nCopies(expired, entry).toArray(LedgerEntry[]::new));

    assertThat(plan.proposals()).hasSize(proposed ? 1 : 0);
  }

  @Test
  void theNextProposalIsTheNextAttempt() {
    Decision first = proposal();
    Decision second = planWith(Entries.entry(first, Phase.Healed)).proposals().get(0);

    assertThat(first.id().attempt()).isEqualTo(1);
    assertThat(second.id().attempt()).isEqualTo(2);
    assertThat(second.id().name()).isEqualTo(first.id().name() + "-a2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Detected", "Proposed", "Approved", "Executing", "Verifying"})
  void anOpenRemediationKeepsNameAndActionWhenItsReasonChanges(Phase phase) {
    Decision asNode =
        plan(with(worker("m1")).nodes(notReady("m1", ago("PT1H")))).proposals().get(0);
    Plan plan =
        plan(
            "suspend: true",
            new Ledger(List.of(Entries.entry(asNode, phase))),
            with(worker("m1").failed(), worker("m2").failed(), worker("m3").deleting()));

    assertThat(asNode.act().action()).isEqualTo(Action.ReplaceNode);
    assertThat(plan.proposals())
        .singleElement()
        .satisfies(p -> assertThat(p.id()).isEqualTo(asNode.id()))
        .satisfies(p -> assertThat(p.act().action()).isEqualTo(Action.ReplaceNode))
        .satisfies(p -> assertThat(p.why()).isEqualTo("as it was"));
  }

  @Test
  void theLimitOfOpenPullRequestsServesTheOldestFirst() {
    Cluster young = failedSince("a", ago("PT1M"));
    Cluster old = failedSince("b", ago("PT9M"));
    String limit = "maxOpenPullRequests: 1";
    Plan plan = planner(limit, Ledger.empty(), List.of(young, old));

    assertThat(plan.proposals())
        .extracting(p -> p.incident().cluster().ref().name())
        .containsExactly("b");
    Ledger ledger = new Ledger(List.of(Entries.entry(plan.proposals().get(0), Phase.Proposed)));
    assertThat(planner(limit, ledger, List.of(young, old)).proposals())
        .extracting(p -> p.incident().cluster().ref().name())
        .containsExactly("b");
    assertThat(planner(limit, ledger, List.of(young)).decisions())
        .singleElement()
        .isInstanceOf(Decision.Defer.class);
  }

  /** Remediations that no repository has yet count where their policies send them. */
  @ParameterizedTest
  @CsvSource({"nephio/mgmt, 0", "nephio/other, 1"})
  void whatAnotherPolicySendsElsewhereTakesNoRoom(String repository, int proposed) {
    Policy theirs = Policies.policy("repository: '" + repository + "'");
    Policy ours = Policies.policy("default", "core", NOW, "maxOpenPullRequests: 1");
    Ledger ledger = new Ledger(List.of(Entries.entry(proposal(), Phase.Detected)));
    Around around = new Around(Home.NOWHERE, "", Restorable.NOTHING, List.of(ours, theirs));

    Fleet fleet = new Fleet(List.of(cluster("d").machines(worker("m2").failed()).cluster()));

    assertThat(Planner.plan(ours, fleet, ledger, Memory.EMPTY, around, NOW).proposals())
        .hasSize(proposed);
  }

  /** What edits a package goes to the package's repository, which has room of its own. */
  @Test
  void theLimitIsThatOfEachRepository() {
    Policy policy =
        Policies.policy(
            "maxOpenPullRequests: 1, criticalCRDs: {workload: ['a.example.com', 'b.example.com']}");
    Cluster cluster =
        with(worker("m1").failed(), worker("m2"), worker("m3"), worker("m4"))
            .registered()
            .contents(Sample.contents().contents())
            .cluster();
    Memory memory = plan(policy, cluster, Memory.EMPTY, NOW.minus(Duration.ofHours(1))).memory();

    Plan plan = plan(policy, cluster, memory, NOW);

    assertThat(Plans.told(plan))
        .containsExactlyInAnyOrder(
            "Propose ReplaceMachine Machine default/m1",
            "Propose ReapplyCrd CustomResourceDefinition a.example.com",
            "Defer ReapplyCrd CustomResourceDefinition b.example.com");
    assertThat(plan.decisions())
        .filteredOn(Decision.Defer.class::isInstance)
        .extracting(Decision::why)
        .containsExactly("open pull requests in nephio/c, or first in line: 1, limit 1");
  }

  private static Plan plan(Policy policy, Cluster cluster, Memory memory, Instant at) {
    Around packages =
        new Around(Home.NOWHERE, "", (where, object) -> Optional.empty(), List.of(policy));
    return Planner.plan(policy, new Fleet(List.of(cluster)), Ledger.empty(), memory, packages, at);
  }

  @ParameterizedTest
  @CsvSource({"PT1S, PT4M59S", "PT4M, PT1M", "PT4M59S, PT1S"})
  void looksAgainWhenTheNextThresholdIsCrossed(String notReadyFor, Duration in) {
    Plan plan = plan(with(worker("m1")).nodes(notReady("m1", ago(notReadyFor))));

    assertThat(plan.decisions()).isEmpty();
    assertThat(plan.next()).isEqualTo(new Plan.Next(in, "NodeNotReady c/m1"));
  }

  @Test
  void looksAgainAtThePaceOfThePolicy() {
    assertThat(plan(with(worker("m1")).nodes(ready("m1"))).next())
        .isEqualTo(new Plan.Next(Duration.ofMinutes(5), "longInterval"));
    assertThat(plan(with(worker("m1").failed())).next())
        .isEqualTo(new Plan.Next(Duration.ofSeconds(30), "shortInterval"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void theOrderOfTheInputDoesNotMatter(long seed) {
    assertThat(shuffled(new Random(seed))).isEqualTo(shuffled(new Random(0)));
  }

  private static Plan shuffled(Random random) {
    List<Cluster> clusters = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      List<Machine> machines =
          new ArrayList<>(
              Stream.of("m1", "m2", "m3", "m4", "m5")
                  .map(m -> m.equals("m2") ? worker(m).failed() : worker(m))
                  .map(MachineSample::machine)
                  .toList());
      List<Node> nodes =
          new ArrayList<>(
              List.of(
                  notReady("m1", ago("PT7M")),
                  notReady("m2", ago("PT7M")),
                  notReady("x", ago("PT7M")),
                  silent("y", ago("PT2M"))));
      Collections.shuffle(machines, random);
      Collections.shuffle(nodes, random);
      clusters.add(cluster(name).machines(machines).nodes(nodes).cluster());
    }
    Collections.shuffle(clusters, random);
    return planner("maxOpenPullRequests: 3", Ledger.empty(), clusters);
  }

  private static Decision proposal() {
    return planWith().proposals().get(0);
  }

  private static Plan planWith(LedgerEntry... entries) {
    return plan("", new Ledger(List.of(entries)), with(worker("m1").failed()));
  }

  private static Cluster failedSince(String name, Instant since) {
    return cluster(name)
        .machines(worker("m1").failed(condition("Ready", Status.False, since)))
        .cluster();
  }

  private static ClusterSample with(MachineSample... machines) {
    return cluster("c").machines(machines);
  }

  private static Plan plan(ClusterSample cluster) {
    return plan("", cluster);
  }

  private static Plan plan(String policy, ClusterSample cluster) {
    return plan(policy, Ledger.empty(), cluster);
  }

  private static Plan plan(String policy, Ledger ledger, ClusterSample cluster) {
    return planner(policy, ledger, List.of(cluster.cluster()));
  }

  private static Plan planner(String policy, Ledger ledger, List<Cluster> clusters) {
    return Planner.plan(Policies.policy(policy), new Fleet(clusters), ledger, NOW);
  }
}
