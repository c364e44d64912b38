package io.nephio.recovery.judge;

import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Lease;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The second witness: when most Nodes fall silent together, it is not the Nodes.
 *
 * <p>Kubelets that cannot reach the API server look exactly like dead machines, and in the field
 * whole clusters were deleted for it. Either more than half of the Nodes, at least three, changed
 * within five minutes of each other, or three fifths of their Leases have run out. Nodes that are
 * down without a Machine are left-overs of some other day and count on neither side.
 */
final class WitnessJudge implements Judge {
  private static final Duration TOGETHER = Duration.ofMinutes(5);
  private static final int FEWEST = 3;

  @Override
  public List<Finding> judge(Scene scene) {
    if (!(scene.cluster().reach() instanceof Reach.Reached)) {
      return List.of();
    }
    List<Node> nodes =
        scene.cluster().nodes().items().stream()
            .filter(n -> !n.deleting())
            .filter(n -> n.isReady() || !leftOver(scene, n))
            .toList();
    return flipped(scene, nodes).or(() -> expired(scene, nodes)).stream().toList();
  }

  /** Without any Machine at all, Nodes are made by other means. */
  private static boolean leftOver(Scene scene, Node node) {
    return !scene.cluster().machines().isEmpty()
        && scene.machineOfNode(node.ref().name()).isEmpty();
  }

  private static Optional<Finding> flipped(Scene scene, List<Node> nodes) {
    List<Instant> times =
        nodes.stream()
            .flatMap(n -> n.ready().stream())
            .filter(c -> c.status() != Condition.Status.True)
            .flatMap(c -> c.since().stream())
            .map(scene::notLater)
            .sorted()
            .toList();
    int most = 0;
    int start = 0;
    for (int i = 0, j = 0; i < times.size(); i++) {
      while (j < times.size() && !times.get(j).isAfter(times.get(i).plus(TOGETHER))) {
        j++;
      }
      if (j - i > most) {
        most = j - i;
        start = i;
      }
    }
    if (most < FEWEST || most * 2 <= nodes.size()) {
      return Optional.empty();
    }
    Instant since = times.get(start);
    String text = most + " of " + nodes.size() + " Nodes stopped being Ready within 5m";
    return Optional.of(
        finding(scene, since, scene.policy().nodeNotReadyThreshold().duration(), text));
  }

  private static Optional<Finding> expired(Scene scene, List<Node> nodes) {
    List<Instant> all =
        nodes.stream()
            .flatMap(n -> scene.lease(n.ref().name()).stream())
            .map(Lease::expires)
            .toList();
    List<Instant> out = all.stream().filter(e -> e.isBefore(scene.at())).sorted().toList();
    int enough = (all.size() * 3 + 4) / 5;
    if (out.size() < FEWEST || out.size() < enough) {
      return Optional.empty();
    }
    String text = out.size() + " of " + all.size() + " Node Leases have run out";
    return Optional.of(
        finding(
            scene, out.get(enough - 1), scene.policy().nodeNotReadyThreshold().duration(), text));
  }

  private static Finding finding(Scene scene, Instant since, Duration threshold, String text) {
    return new Finding(
        scene.cluster().ref(),
        scene.cluster().object(),
        Reason.ControlPlaneOrNetwork,
        since,
        since.plus(threshold),
        List.of(new Evidence(scene.cluster().object().toString(), text, "", Optional.of(since))),
        text + ": the control plane or the network, not the Nodes");
  }
}
