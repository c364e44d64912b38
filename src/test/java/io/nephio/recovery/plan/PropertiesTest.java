package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.Action;
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
    List<BiConsumer<Cluster, Plan>> properties =
        List.of(
            PropertiesTest::noProposalBreaksQuorumAndOneMemberIsReplacedAtATime,
            PropertiesTest::everyDueRootHasOneEntryAndNamesAreTheirOwn,
            PropertiesTest::nothingProtectedOrUnownedIsATarget,
            PropertiesTest::anOpenBreakerProposesNothing,
            PropertiesTest::theOrderOfTheFactsChangesNothing,
            PropertiesTest::whatIsOpenKeepsItsNameAndActionAndNothingIsProposedTwice);
    forAll((cluster, plan) -> properties.forEach(p -> p.accept(cluster, plan)));
  }

  private static void noProposalBreaksQuorumAndOneMemberIsReplacedAtATime(
      Cluster cluster, Plan plan) {
    List<Decision.Propose> touched =
        plan.proposals().stream()
            .filter(p -> p.act().machine().filter(Machine::controlPlane).isPresent())
            .toList();
    check(touched.size() <= 1, "two members at once", touched);
    for (Decision.Propose proposal : touched) {
      Scene scene = new Scene(cluster, POLICY.spec(), Memory.EMPTY, NOW);
      Machine removed = proposal.act().machine().orElseThrow();
      check(
          ControlPlaneRules.quorum(scene, removed).safe()
              && ControlPlaneRules.members(scene).size() > 1,
          "quorum",
          proposal);
      check(proposal.act().action() == Action.ReplaceMachine, "action", proposal);
    }
  }

  private static void everyDueRootHasOneEntryAndNamesAreTheirOwn(Cluster cluster, Plan plan) {
    Set<String> names = new HashSet<>();
    Set<String> targets = new HashSet<>();
    Set<Object> roots = new HashSet<>();
    for (Decision decision : plan.decisions()) {
      String name = decision.id().name();
      check(names.add(name) && name.length() <= 63, "name", decision);
      check(targets.add(decision.act().target().toString()), "target", decision);
      check(!decision.why().isBlank() && !decision.why().contains("\n"), "why", decision);
      roots.add(decision.incident().root());
    }
    for (Verdict verdict : plan.findings()) {
      check(verdict.symptomOf().map(names::contains).orElse(true), "symptom of", verdict);
      boolean root = verdict.due() && verdict.symptomOf().isEmpty() && !daemon(verdict);
      check(!root || roots.contains(verdict.finding()), "no entry", verdict);
    }
  }

  private static void nothingProtectedOrUnownedIsATarget(Cluster cluster, Plan plan) {
    for (Decision.Propose proposal : plan.proposals()) {
      boolean pod = proposal.act().action() == Action.DeletePod;
      check(
          !pod
              || ("shop".equals(proposal.act().target().namespace())
                  && proposal.incident().root().owner().isPresent()),
          "pod",
          proposal);
      check(proposal.act().machine().map(PropertiesTest::ours).orElse(true), "machine", proposal);
    }
  }

  private static boolean ours(Machine machine) {
    return machine.controller()
        && !machine.deleting()
        && !machine.annotations().containsKey(Machine.SKIP_REMEDIATION);
  }

  private static void anOpenBreakerProposesNothing(Cluster cluster, Plan plan) {
    check(
        plan.proposals().isEmpty() || !Planner.breaker(cluster, POLICY.spec(), NOW).open(),
        "open",
        plan);
  }

  private static void theOrderOfTheFactsChangesNothing(Cluster cluster, Plan plan) {
    Set<String> other = told(plan(shuffled(cluster), Ledger.empty()));
    check(other.equals(told(plan)), "another plan", plan);
  }

  private static void whatIsOpenKeepsItsNameAndActionAndNothingIsProposedTwice(
      Cluster cluster, Plan plan) {
    List<LedgerEntry> open =
        plan.proposals().stream().map(p -> Entries.entry(p, Phase.Proposed)).toList();
    Plan again = plan(cluster, new Ledger(open));
    check(told(again).equals(told(plan)), "another plan", again);
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

  private static void check(boolean holds, String what, Object where) {
    if (!holds) {
      throw new AssertionError(what + ": " + where);
    }
  }

  private static boolean daemon(Verdict verdict) {
    return verdict.finding().reason().ofPod()
        && verdict.finding().owner().filter(o -> o.kind().equals("DaemonSet")).isPresent();
  }

  private static Set<String> told(Plan plan) {
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
