package io.nephio.recovery.plan;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.judge.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What no plan may do, whatever the facts and the ledger are. */
record Harm(Scene scene, Ledger ledger, Home home, Plan plan) {

  void isNowhere() {
    quorum();
    entries();
    targets();
    roots();
    limits();
    budgets();
    breakers();
    rejections();
  }

  /** Proposals that are not in the ledger yet. */
  private List<Decision.Propose> fresh() {
    return plan.proposals().stream()
        .filter(p -> ledger.open(p.id().fingerprint()).isEmpty())
        .toList();
  }

  private Stream<LedgerEntry> open() {
    return ledger.entries().stream().filter(e -> e.status().phase().open());
  }

  private void quorum() {
    List<Decision.Propose> members =
        fresh().stream()
            .filter(p -> p.act().machine().filter(Machine::controlPlane).isPresent())
            .toList();
    long open = open().filter(e -> e.spec().target().name().startsWith("cp")).count();
    check(members.isEmpty() || members.size() + open == 1, "two members at once", members);
    for (Decision.Propose proposal : members) {
      Machine removed = proposal.act().machine().orElseThrow();
      check(
          ControlPlaneRules.quorum(scene, removed).safe()
              && ControlPlaneRules.members(scene).size() > 1,
          "quorum",
          proposal);
      check(proposal.act().action() == Action.ReplaceMachine, "action", proposal);
    }
  }

  private void entries() {
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
      check(verdict.symptomOf().isPresent() != verdict.because().isEmpty(), "because", verdict);
      boolean root = verdict.due() && verdict.symptomOf().isEmpty() && !daemon(verdict);
      check(!root || roots.contains(verdict.finding()), "no entry", verdict);
    }
  }

  private static boolean daemon(Verdict verdict) {
    return verdict.finding().reason().ofPod()
        && verdict.finding().owner().filter(o -> o.kind().equals("DaemonSet")).isPresent();
  }

  private void targets() {
    for (Decision.Propose proposal : fresh()) {
      Act act = proposal.act();
      boolean inside = act.action() == Action.DeletePod || act.action() == Action.RestartRollout;
      check(!inside || "shop".equals(act.target().namespace()), "protected", proposal);
      check(
          act.action() != Action.DeletePod || proposal.incident().root().owner().isPresent(),
          "bare pod",
          proposal);
      check(act.machine().map(Harm::ours).orElse(true), "machine", proposal);
      check(home.standsOn(scene.cluster(), act).isEmpty(), "own Node", proposal);
    }
  }

  private static boolean ours(Machine machine) {
    return machine.controller()
        && !machine.deleting()
        && !machine.annotations().containsKey(Machine.SKIP_REMEDIATION);
  }

  private void roots() {
    Set<String> touched = new HashSet<>();
    open()
        .filter(e -> fresh().stream().noneMatch(p -> p.id().name().equals(e.name())))
        .forEach(
            e -> {
              touched.add(Ledger.target(e.spec()).toString());
              RemediationSpec.MachineRef machine = e.spec().machine();
              if (machine != null) {
                touched.add("Machine " + machine.namespace() + "/" + machine.name());
              }
            });
    for (Decision.Propose proposal : fresh()) {
      Set<String> mine = new HashSet<>(Set.of(proposal.act().target().toString()));
      proposal.act().machine().map(Machine::ref).map(ObjectRef::toString).ifPresent(mine::add);
      mine.forEach(m -> check(touched.add(m), "two for one root", proposal));
    }
  }

  /** One cluster has two repositories: the policy's, and that of its packages. */
  private void limits() {
    for (boolean edits : List.of(true, false)) {
      long open =
          open()
              .filter(
                  e -> e.status().phase() == Phase.Detected || e.status().phase() == Phase.Proposed)
              .filter(e -> e.spec().action().editsPackage() == edits)
              .count();
      long fresh = fresh().stream().filter(p -> p.act().action().editsPackage() == edits).count();
      check(
          fresh == 0 || open + fresh <= scene.policy().maxOpenPullRequests(),
          "too many open",
          plan);
    }
  }

  private void budgets() {
    Duration window = scene.policy().retryWindow().duration();
    for (Decision.Propose proposal : fresh()) {
      String lineage = proposal.id().lineage();
      long mine = fresh().stream().filter(p -> p.id().lineage().equals(lineage)).count();
      long all =
          ledger.executions(lineage, window, scene.at()).size()
              + ledger.waiting(lineage).size()
              + mine;
      check(all <= scene.policy().retryBudget(), "budget", proposal);
    }
  }

  private void breakers() {
    Duration cooldown = scene.policy().stormCooldown().duration();
    Instant quiet = scene.at().minus(cooldown);
    boolean stormy =
        scene.memory().storm(scene.cluster().ref() + " ").filter(quiet::isBefore).isPresent()
            || Planner.breaker(scene.cluster(), scene.policy(), scene.at()).open();
    check(!stormy || fresh().isEmpty(), "open breaker", plan);
  }

  private void rejections() {
    fresh()
        .forEach(p -> check(ledger.snoozing(p.id().lineage(), plan.at()).isEmpty(), "snoozed", p));
  }

  static void check(boolean holds, String what, Object where) {
    if (!holds) {
      throw new AssertionError(what + ": " + where);
    }
  }
}
