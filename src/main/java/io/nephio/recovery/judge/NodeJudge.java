package io.nephio.recovery.judge;

import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.Lease;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Section C of the recovery flow: a Node that is not Ready for longer than {@code
 * nodeNotReadyThreshold}, or under pressure or without network for longer than {@code
 * nodePressureThreshold}.
 *
 * <p>Only a condition that says so is evidence. A Node whose Lease was renewed after it was held to
 * be silent was not silent: its time starts with the last sign of life. A Node whose Machine is
 * being deleted goes down as it should, and so does one whose Machine is updated in place, for as
 * long as a new one may take to start.
 */
final class NodeJudge implements Judge {
  private static final List<String> PRESSURE =
      List.of("MemoryPressure", "DiskPressure", "PIDPressure");

  /** Taints by which the CNI or the cloud says that a Node has no network. */
  private static final List<String> NO_NETWORK =
      List.of("node.kubernetes.io/network-unavailable", "node.cilium.io/agent-not-ready");

  @Override
  public List<Finding> judge(Scene scene) {
    if (!(scene.cluster().reach() instanceof Reach.Reached)) {
      return List.of();
    }
    return scene.cluster().nodes().items().stream()
        .filter(n -> !n.deleting())
        .filter(n -> scene.machineOf(n.ref()).filter(m -> isAtWork(scene, m)).isEmpty())
        .flatMap(n -> judge(scene, n))
        .toList();
  }

  private static boolean isAtWork(Scene scene, Machine machine) {
    Duration most = scene.policy().machineStartupTimeout().duration();
    return machine.deleting()
        || machine
            .condition("Updating")
            .filter(c -> c.status() == Status.True)
            .flatMap(Condition::since)
            .filter(since -> scene.at().isBefore(since.plus(most)))
            .isPresent();
  }

  private static Stream<Finding> judge(Scene scene, Node node) {
    if (node.ready().isPresent() && !node.isReady()) {
      return Stream.of(notReady(scene, node, node.ready().get()));
    }
    return Stream.concat(pressure(scene, node).stream(), network(scene, node).stream());
  }

  private static Finding notReady(Scene scene, Node node, Condition ready) {
    Instant since = scene.notLater(ready.since().orElse(scene.at()));
    Optional<Instant> alive =
        ready.status() == Status.Unknown
            ? scene
                .lease(node.ref().name())
                .map(Lease::renewed)
                .map(scene::notLater)
                .filter(since::isBefore)
            : Optional.empty();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(evidence(node, ready));
    scene
        .machineOf(node.ref())
        .ifPresent(
            m ->
                m.condition("NodeHealthy")
                    .filter(c -> c.status() != Status.True)
                    .ifPresent(
                        c ->
                            evidence.add(
                                new Evidence(
                                    m.ref().toString(), c.shortly(), c.reason(), c.since()))));
    String text =
        "Node is not Ready ("
            + ready.shortly()
            + (ready.reason().isEmpty() ? "" : ", " + ready.reason())
            + (node.networkNotReady() ? ", its container network is not ready" : "")
            + ")"
            + alive.map(a -> ", but its Lease was renewed at " + a).orElse("")
            + "; threshold "
            + scene.policy().nodeNotReadyThreshold().text();
    Instant from = alive.orElse(since);
    return finding(
        scene,
        node,
        Reason.NodeNotReady,
        from,
        from.plus(scene.policy().nodeNotReadyThreshold().duration()),
        evidence,
        text);
  }

  private static Optional<Finding> pressure(Scene scene, Node node) {
    List<Condition> under =
        PRESSURE.stream()
            .flatMap(t -> node.condition(t).stream())
            .filter(c -> c.status() == Status.True)
            .toList();
    if (under.isEmpty()) {
      return Optional.empty();
    }
    Instant since = earliest(scene, under);
    String types = String.join(", ", under.stream().map(Condition::type).toList());
    return Optional.of(
        finding(
            scene,
            node,
            Reason.NodePressure,
            since,
            since.plus(scene.policy().nodePressureThreshold().duration()),
            under.stream().map(c -> evidence(node, c)).toList(),
            "Node is under "
                + types
                + "; threshold "
                + scene.policy().nodePressureThreshold().text()));
  }

  private static Optional<Finding> network(Scene scene, Node node) {
    List<Condition> says =
        node.condition("NetworkUnavailable").filter(c -> c.status() == Status.True).stream()
            .toList();
    List<Node.Taint> taints =
        node.taints().stream().filter(t -> NO_NETWORK.contains(t.key())).toList();
    if (says.isEmpty() && taints.isEmpty()) {
      return Optional.empty();
    }
    Instant since =
        says.isEmpty()
            ? scene.notLater(
                taints.stream()
                    .flatMap(t -> t.added().stream())
                    .min(Instant::compareTo)
                    .orElse(scene.at()))
            : earliest(scene, says);
    List<Evidence> evidence = new ArrayList<>();
    says.forEach(c -> evidence.add(evidence(node, c)));
    taints.forEach(
        t -> evidence.add(new Evidence(node.ref().toString(), "taint", t.key(), t.added())));
    return Optional.of(
        finding(
            scene,
            node,
            Reason.NodeNetworkUnavailable,
            since,
            since.plus(scene.policy().nodePressureThreshold().duration()),
            evidence,
            "Node is Ready but has no network ("
                + evidence.get(0).reason()
                + "); threshold "
                + scene.policy().nodePressureThreshold().text()));
  }

  private static Instant earliest(Scene scene, List<Condition> conditions) {
    return scene.notLater(
        conditions.stream()
            .flatMap(c -> c.since().stream())
            .min(Instant::compareTo)
            .orElse(scene.at()));
  }

  private static Evidence evidence(Node node, Condition condition) {
    return new Evidence(
        node.ref().toString(), condition.shortly(), condition.reason(), condition.since());
  }

  private static Finding finding(
      Scene scene,
      Node node,
      Reason reason,
      Instant since,
      Instant due,
      List<Evidence> evidence,
      String message) {
    return new Finding(scene.cluster().ref(), node.ref(), reason, since, due, evidence, message)
        .of(scene.machineOf(node.ref()).flatMap(Machine::owner), "", List.of(node.ref().name()));
  }
}
