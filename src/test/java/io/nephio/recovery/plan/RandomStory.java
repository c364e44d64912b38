package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.controlPlane;
import static io.nephio.recovery.facts.Sample.member;
import static io.nephio.recovery.facts.Sample.node;
import static io.nephio.recovery.facts.Sample.plane;
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.worker;
import static io.nephio.recovery.facts.Sample.workload;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Execution;
import io.nephio.recovery.api.RemediationStatus.Outcome;
import io.nephio.recovery.api.RemediationStatus.Transition;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.ContentsSample;
import io.nephio.recovery.facts.MachineSample;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.PodSample;
import io.nephio.recovery.facts.Sample;
import io.nephio.recovery.record.Drafts;
import io.nephio.recovery.record.PackageEdit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A cluster to which one thing happens after the other, while people merge, close and forget what
 * is proposed for it; the same seed tells the same story.
 */
final class RandomStory {
  private enum State {
    Well,
    Silent,
    Pressed,
    Broken
  }

  /** A Machine, or a pod, in its state since then. */
  private record Thing(State state, Instant since) {}

  private final Random random;
  private final Policy policy;
  private final TreeMap<String, Thing> machines = new TreeMap<>();
  private final TreeMap<String, Thing> pods = new TreeMap<>();
  private final TreeMap<String, LedgerEntry> ledger = new TreeMap<>();
  private Instant at = NOW;
  private int made;

  RandomStory(long seed, Policy policy) {
    this.random = new Random(seed);
    this.policy = policy;
    int members = List.of(1, 3, 3, 5).get(random.nextInt(4));
    for (int i = 0; i < members; i++) {
      machines.put("cp" + i, well());
    }
    for (int i = 2 + random.nextInt(6); i > 0; i--) {
      machines.put("w" + made++, well());
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      pods.put("p" + i, well());
    }
  }

  private Thing well() {
    return new Thing(State.Well, at);
  }

  Instant at() {
    return at;
  }

  Ledger ledger() {
    return new Ledger(List.copyOf(ledger.values()));
  }

  /** Time passes, and something happens. */
  void goesOn() {
    at = at.plus(Duration.ofSeconds(30 + random.nextInt(1_800)));
    switch (random.nextInt(8)) {
      case 0 -> machines.replaceAll((n, t) -> random.nextInt(3) == 0 ? to(State.Silent) : t);
      case 1 -> machines.replaceAll((n, t) -> well());
      case 2 -> pods.replaceAll((n, t) -> random.nextBoolean() ? to(State.Broken) : well());
      default -> one(random.nextInt(5) == 0 ? pods : machines);
    }
    List.copyOf(ledger.values()).forEach(this::decided);
  }

  private void one(Map<String, Thing> things) {
    if (!things.isEmpty()) {
      String name = List.copyOf(things.keySet()).get(random.nextInt(things.size()));
      things.put(name, to(State.values()[random.nextInt(State.values().length)]));
    }
  }

  private Thing to(State state) {
    return new Thing(state, at.minusSeconds(random.nextInt(1_200)));
  }

  /** What the operator writes down of a plan. */
  void records(Plan plan) {
    for (Decision.Propose proposal : plan.proposals()) {
      RemediationSpec spec = Drafts.spec(proposal, policy, new PackageEdit.None("no package"), at);
      ledger.putIfAbsent(
          proposal.id().name(),
          new LedgerEntry(
              proposal.id().name(),
              spec,
              RemediationStatus.empty().with(Phase.Proposed, "Published", "")));
    }
  }

  /** What people and the operator make of it. */
  private void decided(LedgerEntry entry) {
    if (!entry.status().phase().open()) {
      return;
    }
    switch (random.nextInt(10)) {
      case 0 -> end(entry, Phase.Healed, null);
      case 1 -> end(entry, Phase.Expired, null);
      case 2 -> end(entry, Phase.Rejected, null);
      case 3 -> end(entry, Phase.Failed, Outcome.RejectedSafe);
      case 4 -> end(entry, Phase.Failed, Outcome.Done);
      case 5 -> replaced(entry, Phase.Succeeded);
      case 6 -> replaced(entry, Phase.Verifying);
      default -> {}
    }
  }

  private void replaced(LedgerEntry entry, Phase phase) {
    RemediationSpec.MachineRef machine = entry.spec().machine();
    if (machine != null && machines.remove(machine.name()) != null) {
      machines.put((machine.name().startsWith("cp") ? "cp" : "w") + "x" + made++, well());
    } else {
      pods.computeIfPresent(entry.spec().target().name(), (n, t) -> well());
    }
    end(entry, phase, Outcome.Done);
  }

  private void end(LedgerEntry entry, Phase phase, Outcome outcome) {
    List<Transition> history = List.of(new Transition(at, phase, ""));
    RemediationStatus status = entry.status().with(phase, "", "").withHistory(history);
    if (outcome != null) {
      status = status.withExecution(new Execution(at.minusSeconds(60), at, outcome, false));
    }
    if (phase == Phase.Rejected) {
      status = status.withSnoozedUntil(at.plus(Duration.ofHours(1)));
    }
    ledger.put(entry.name(), new LedgerEntry(entry.name(), entry.spec(), status));
  }

  Cluster cluster() {
    List<MachineSample> all = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    machines.forEach((name, thing) -> machine(name, thing, all, nodes));
    ContentsSample inside =
        contents()
            .replicaSet("web-1", "Deployment", "web")
            .workloads(workload("Deployment", "web").ready(pods.isEmpty() ? 3 : 2, 3));
    pods.forEach((name, thing) -> inside.pods(pod(name, thing)));
    int members = (int) machines.keySet().stream().filter(n -> n.startsWith("cp")).count();
    int well =
        (int)
            machines.entrySet().stream()
                .filter(m -> m.getKey().startsWith("cp") && m.getValue().state() == State.Well)
                .count();
    return Sample.cluster("c")
        .machines(all.toArray(MachineSample[]::new))
        .nodes(nodes)
        .contents(inside.contents())
        .management(plane().ready(well, members).management())
        .cluster();
  }

  private static void machine(
      String name, Thing thing, List<MachineSample> machines, List<Node> nodes) {
    boolean member = name.startsWith("cp");
    boolean well = thing.state() == State.Well || thing.state() == State.Pressed;
    int zone = name.charAt(name.length() - 1) % 3;
    MachineSample machine =
        (member ? controlPlane(name) : worker(name).of("md-" + zone % 2)).in("zone-" + zone);
    Status status = well ? Status.True : Status.Unknown;
    if (thing.state() == State.Broken) {
      machine.failed(condition("Ready", Status.False, thing.since()));
    } else if (member) {
      machine.conditions(member(status, status));
    }
    machines.add(machine);
    nodes.add(
        switch (thing.state()) {
          case Silent -> silent(name, thing.since());
          case Pressed ->
              node(
                  name,
                  condition("Ready", Status.True, NOW),
                  condition("DiskPressure", Status.True, thing.since()));
          case Well, Broken -> node(name, condition("Ready", Status.True, thing.since()));
        });
  }

  private PodSample pod(String name, Thing thing) {
    int on = name.charAt(name.length() - 1) % machines.size();
    PodSample pod = Sample.pod(name).on(List.copyOf(machines.keySet()).get(on));
    return thing.state() == State.Well ? pod : pod.crashing(thing.since());
  }
}
