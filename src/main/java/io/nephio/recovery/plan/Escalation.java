package io.nephio.recovery.plan;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.facts.Elapsed;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.Owner;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Reason;
import io.nephio.recovery.judge.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which act comes next where the last one did not help: pod, rollout, Node, Machine; a person at
 * the end of the budget.
 *
 * <p>What fails again within {@code minHealthyPeriod} of the last act's end was not cured by it.
 * The next larger act is taken only on evidence of its own, for a crash alone does not accuse the
 * Node; without any the same is tried again.
 */
final class Escalation {
  private final Scene scene;
  private final Ledger ledger;
  private final Map<String, Set<String>> ownersByNode = new HashMap<>();

  Escalation(Scene scene, Ledger ledger, Collection<Finding> findings) {
    this.scene = scene;
    this.ledger = ledger;
    for (Finding finding : findings) {
      if (finding.reason() == Reason.PodCrashLoop && finding.isDue(scene.at())) {
        finding
            .owner()
            .ifPresent(
                o ->
                    finding
                        .nodes()
                        .forEach(
                            n ->
                                ownersByNode
                                    .computeIfAbsent(n, k -> new TreeSet<>())
                                    .add(text(o))));
      }
    }
  }

  /**
   * The act, and why it is not the first.
   *
   * @param why empty for the first
   */
  record Next(Act act, String why) {}

  Next of(Incident incident, String fingerprint) {
    Act first = Remedy.of(incident);
    Optional<LedgerEntry> last = ledger.last(fingerprint).filter(e -> again(e, incident.root()));
    if (last.isEmpty() || rank(first.action()) == 0 || incident.root().reason().ofMachine()) {
      return new Next(first, "");
    }
    Action tried = last.get().spec().action();
    List<Next> larger = larger(incident, last.get());
    String did = did(last.get());
    return larger.stream()
        .filter(n -> rank(n.act().action()) > rank(tried))
        .findFirst()
        .or(() -> larger.stream().filter(n -> n.act().action() == tried).findFirst())
        .map(n -> new Next(n.act(), did + n.why()))
        .orElseGet(() -> new Next(first, did + "nothing else is accused"));
  }

  private boolean again(LedgerEntry entry, Finding root) {
    Instant well = Ledger.ended(entry).plus(scene.policy().minHealthyPeriod().duration());
    return root.since().isBefore(well);
  }

  private String did(LedgerEntry entry) {
    return "%s did not help (%s, %s ago): "
        .formatted(
            entry.spec().action(),
            entry.name(),
            Elapsed.text(Duration.between(Ledger.ended(entry), scene.at())));
  }

  private static int rank(Action action) {
    return switch (action) {
      case DeletePod -> 1;
      case RestartRollout -> 2;
      case DrainNode -> 3;
      case ReplaceNode, ReplaceMachine -> 4;
      case ReapplyCrd, None -> 0;
    };
  }

  /** What there is evidence for, smallest first. */
  private List<Next> larger(Incident incident, LedgerEntry last) {
    List<Next> larger = new ArrayList<>();
    rollout(incident).ifPresent(larger::add);
    node(incident).ifPresent(larger::add);
    machine(incident, last).ifPresent(larger::add);
    return larger;
  }

  /** The whole workload stalls, not one pod. */
  private Optional<Next> rollout(Incident incident) {
    Optional<Owner> owner = incident.root().owner();
    return incident.findings().stream()
        .filter(f -> f.reason() == Reason.WorkloadStalled && f.isDue(scene.at()))
        .filter(f -> f.owner().equals(owner))
        .findFirst()
        .map(
            f ->
                new Next(
                    new Act(Action.RestartRollout, f.object(), Optional.empty()),
                    "the whole workload stalls"));
  }

  /** Pods of several owners crash on it, and those of this one nowhere else. */
  private Optional<Next> node(Incident incident) {
    if (incident.root().reason() == Reason.NodePressure
        || incident.root().reason() == Reason.NodeNetworkUnavailable) {
      return Optional.of(new Next(Remedy.of(incident), "the Node is as before"));
    }
    Set<String> nodes = nodes(incident);
    String only = nodes.size() == 1 ? nodes.iterator().next() : "";
    Set<String> owners = ownersByNode.getOrDefault(only, Set.of());
    return scene
        .node(only)
        .filter(n -> owners.size() > 1)
        .map(
            n ->
                new Next(
                    new Act(Action.DrainNode, n.ref(), Optional.empty()),
                    "pods of "
                        + owners.size()
                        + " owners crash on this Node: "
                        + String.join(", ", owners)));
  }

  /** The Node was emptied, and the same Node fails in the same way. */
  private Optional<Next> machine(Incident incident, LedgerEntry last) {
    ObjectRef drained = Ledger.target(last.spec());
    if (last.spec().action() != Action.DrainNode
        || !nodes(incident).equals(Set.of(drained.name()))) {
      return Optional.empty();
    }
    Optional<Node> node = scene.node(drained.name());
    return node.flatMap(n -> scene.machineOf(n.ref()))
        .filter(m -> !m.controlPlane())
        .map(m -> replace(node.get(), m));
  }

  private static Next replace(Node node, Machine machine) {
    return new Next(
        new Act(Action.ReplaceNode, node.ref(), Optional.of(machine)),
        "the same Node fails in the same way");
  }

  private static Set<String> nodes(Incident incident) {
    return incident.findings().stream()
        .filter(f -> !f.reason().ofMachine())
        .flatMap(f -> f.nodes().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String text(Owner owner) {
    return owner.kind() + " " + owner.namespace() + "/" + owner.name();
  }
}
