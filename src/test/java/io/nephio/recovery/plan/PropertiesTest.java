package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Contents;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.Pod;
import io.nephio.recovery.facts.Workload;
import io.nephio.recovery.judge.Memory;
import io.nephio.recovery.judge.Scene;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What must hold whatever happens, over fleets made by chance; the seed names the fleet. */
class PropertiesTest {
  private static final int FLEETS = Integer.getInteger("recovery.fleets", 10_000);
  private static final Policy POLICY = Policies.policy("");

  @Test
  void everyFleetIsPlannedWithoutHarm() {
    forAll(
        (cluster, plan) -> {
          Scene scene = new Scene(cluster, POLICY.spec(), Memory.EMPTY, NOW);
          new Harm(scene, Ledger.empty(), Home.NOWHERE, plan).isNowhere();
          theOrderOfTheFactsChangesNothing(cluster, plan);
          whatIsOpenKeepsItsNameAndActionAndNothingIsProposedTwice(cluster, plan);
        });
  }

  private static void theOrderOfTheFactsChangesNothing(Cluster cluster, Plan plan) {
    Set<String> other = told(plan(shuffled(cluster), Ledger.empty()));
    Harm.check(other.equals(told(plan)), "another plan", plan);
  }

  private static void whatIsOpenKeepsItsNameAndActionAndNothingIsProposedTwice(
      Cluster cluster, Plan plan) {
    List<LedgerEntry> open =
        plan.proposals().stream().map(p -> Entries.entry(p, Phase.Proposed)).toList();
    if (open.isEmpty()) {
      return;
    }
    Plan again = plan(cluster, new Ledger(open));
    Harm.check(told(again).equals(told(plan)), "another plan", again);
  }

  /** The fleets are no good if nothing happens in them. */
  @Test
  void theFleetsShowEveryKindOfDecisionAndAction() {
    Set<String> seen = new HashSet<>();
    for (long seed = 0; seed < 1_000; seed++) {
      for (Decision decision : plan(RandomFleet.of(seed).cluster(), Ledger.empty()).decisions()) {
        seen.add(decision.getClass().getSimpleName() + " " + decision.act().action());
      }
    }
    assertThat(seen)
        .contains(
            "Propose ReplaceMachine",
            "Propose ReplaceNode",
            "Propose DeletePod",
            "Propose DrainNode",
            "Propose RestartRollout",
            "Defer ReplaceMachine",
            "Manual None");
  }

  static Set<String> told(Plan plan) {
    Set<String> told = new HashSet<>();
    plan.decisions()
        .forEach(
            d ->
                told.add(
                    d.getClass().getSimpleName()
                        + " "
                        + d.id().name()
                        + " "
                        + d.act().action()
                        + " "
                        + d.act().target()));
    return told;
  }

  private static void forAll(BiConsumer<Cluster, Plan> property) {
    for (long seed = 0; seed < FLEETS; seed++) {
      Cluster cluster = RandomFleet.of(seed).cluster();
      try {
        property.accept(cluster, plan(cluster, Ledger.empty()));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static Plan plan(Cluster cluster, Ledger ledger) {
    return Planner.plan(POLICY, new Fleet(List.of(cluster)), ledger, NOW);
  }

  private static Cluster shuffled(Cluster cluster) {
    Random random = new Random(7);
    List<Machine> machines = new ArrayList<>(cluster.machines());
    List<Node> nodes = new ArrayList<>(cluster.nodes().items());
    List<Pod> pods = new ArrayList<>(cluster.contents().pods().items());
    List<Workload> workloads = new ArrayList<>(cluster.contents().workloads().items());
    List.of(machines, nodes, pods, workloads).forEach(l -> Collections.shuffle(l, random));
    return new Cluster(
            cluster.ref(),
            cluster.object(),
            cluster.labels(),
            cluster.paused(),
            cluster.deleting(),
            cluster.infrastructureReady(),
            machines,
            cluster.reach(),
            new Known.Seen<>(nodes),
            cluster.kubeSystemUid())
        .with(
            cluster.management(),
            new Contents(
                new Known.Seen<>(pods),
                new Known.Seen<>(workloads),
                cluster.contents().replicaSets(),
                cluster.contents().jobs(),
                cluster.contents().budgets(),
                cluster.contents().leases(),
                cluster.contents().crds()));
  }
}
