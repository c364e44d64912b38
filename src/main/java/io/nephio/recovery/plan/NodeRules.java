package io.nephio.recovery.plan;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.DisruptionBudget;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.Owner;
import io.nephio.recovery.facts.Pod;
import io.nephio.recovery.facts.Workload;
import io.nephio.recovery.judge.Reason;
import io.nephio.recovery.judge.Scene;
import java.util.List;
import java.util.Optional;

/** What stands against draining a Node: what may not move, and what nobody could take in. */
final class NodeRules implements Rule {
  private static final List<String> PRESSURE =
      List.of("MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable");

  @Override
  public Optional<Objection> object(Scene scene, Incident incident, Act act) {
    Optional<String> network = networkDown(incident) ? network(scene, incident) : Optional.empty();
    if (network.isPresent()) {
      return Objection.never(network.get());
    }
    if (act.action() != Action.DrainNode) {
      return Optional.empty();
    }
    String name = act.target().name();
    Optional<Node> node = scene.node(name);
    if (controlPlane(scene, node)) {
      return Objection.never("a control-plane Node: what runs there must stay; look at the Node");
    }
    if (!(scene.cluster().contents().pods() instanceof Known.Seen<?>)) {
      return Objection.never("its pods were not looked at, so what may move is not known");
    }
    if (takingIn(scene, name) == 0) {
      return Objection.never(
          "no other Node is Ready, schedulable and free of pressure, so its pods have no place");
    }
    return moving(scene, name).stream().flatMap(p -> stays(scene, p).stream()).findFirst();
  }

  /** What a drain evicts. */
  static List<Pod> moving(Scene scene, String node) {
    return scene.cluster().contents().pods().items().stream()
        .filter(p -> p.node().equals(node) && !p.finished() && !p.deleting() && !p.mirror())
        .filter(p -> p.controller().filter(c -> c.kind().equals("DaemonSet")).isEmpty())
        .toList();
  }

  static long takingIn(Scene scene, String drained) {
    return scene.cluster().nodes().items().stream().filter(n -> takesIn(scene, n, drained)).count();
  }

  /** Many Nodes lose their network together when its agent fails, and new Nodes would too. */
  private static Optional<String> network(Scene scene, Incident incident) {
    long nodes =
        Math.max(
            incident.findings().stream()
                .filter(f -> f.reason() == Reason.NodeNetworkUnavailable)
                .count(),
            scene.cluster().nodes().items().stream().filter(Node::networkNotReady).count());
    List<Pod> agents = Cni.failing(scene);
    String agent =
        agents.stream()
            .findFirst()
            .flatMap(scene::top)
            .map(o -> ": its agent, " + o.kind() + " " + o.namespace() + "/" + o.name() + ", fails")
            .orElse("");
    if (nodes > 1 || agents.size() > 1) {
      return Optional.of(
          Math.max(nodes, agents.size())
              + " Nodes have no network"
              + agent
              + "; draining or replacing Nodes would make new ones with the same fault");
    }
    return Optional.empty();
  }

  private static boolean controlPlane(Scene scene, Optional<Node> node) {
    return node.filter(
            n ->
                n.labels().containsKey("node-role.kubernetes.io/control-plane")
                    || scene.machineOf(n.ref()).filter(Machine::controlPlane).isPresent())
        .isPresent();
  }

  private static boolean takesIn(Scene scene, Node node, String drained) {
    return !node.ref().name().equals(drained)
        && node.isReady()
        && !node.unschedulable()
        && !node.deleting()
        && PRESSURE.stream().noneMatch(t -> says(node, t))
        && !controlPlane(scene, Optional.of(node));
  }

  private static boolean says(Node node, String type) {
    return node.condition(type).filter(c -> c.status() == Condition.Status.True).isPresent();
  }

  private static Optional<Objection> stays(Scene scene, Pod pod) {
    String name = pod.ref().namespace() + "/" + pod.ref().name();
    if (pod.controller().isEmpty()) {
      return Objection.never("pod " + name + " has no controller and would be lost");
    }
    Optional<DisruptionBudget> budget =
        scene.cluster().contents().budgets().items().stream()
            .filter(b -> b.allowed() == 0 && b.covers(pod))
            .findFirst();
    if (budget.isPresent()) {
      return Objection.later(
          "PodDisruptionBudget "
              + budget.get().ref().namespace()
              + "/"
              + budget.get().ref().name()
              + " allows no eviction of pod "
              + name);
    }
    return scene
        .top(pod)
        .flatMap(scene::workload)
        .filter(w -> pod.isReady() && !readyElsewhere(scene, w, pod.node()))
        .map(Workload::owner)
        .flatMap(NodeRules::last);
  }

  /** Its pods leave together, so those beside it do not count. */
  private static boolean readyElsewhere(Scene scene, Workload workload, String node) {
    List<Pod> ready =
        scene.podsOf(workload.owner()).stream().filter(p -> p.isReady() && !p.deleting()).toList();
    long here = ready.stream().filter(p -> p.node().equals(node)).count();
    return ready.size() > here || workload.ready() > here;
  }

  private static Optional<Objection> last(Owner owner) {
    return Objection.never(
        "it holds the last ready pod of "
            + owner.kind()
            + " "
            + owner.namespace()
            + "/"
            + owner.name());
  }

  /** A Node says so, or its kubelet gives it as what keeps the Node from being Ready. */
  private static boolean networkDown(Incident incident) {
    return incident.findings().stream()
        .anyMatch(
            f ->
                f.reason() == Reason.NodeNetworkUnavailable
                    || (f.reason() == Reason.NodeNotReady && f.message().contains("network")));
  }
}
