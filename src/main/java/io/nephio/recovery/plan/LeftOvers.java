package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Elapsed;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Reason;
import io.nephio.recovery.judge.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Nodes that are down and have no Machine, in a cluster that has Machines: all of them are one
 * thing for a person to clear up. A Node of a MachinePool is none of these, for its pool looks
 * after it.
 */
final class LeftOvers implements Rule {
  private static final String MACHINE = "cluster.x-k8s.io/machine";
  private static final String OWNER_KIND = "cluster.x-k8s.io/owner-kind";
  private static final int A_PILE = 3;
  private static final int SHOWN = 3;

  /** Whether this finding is about one. */
  static boolean are(Scene scene, Finding finding) {
    return finding.reason() == Reason.NodeNotReady
        && !scene.cluster().machines().isEmpty()
        && scene.machineOf(finding.object()).isEmpty()
        && !ofPool(scene, finding.object().name());
  }

  static boolean ofPool(Scene scene, String node) {
    return scene
            .node(node)
            .filter(n -> "MachinePool".equals(n.annotations().get(OWNER_KIND)))
            .isPresent()
        || scene.cluster().management().owners().items().stream()
            .anyMatch(o -> o.nodes().contains(node));
  }

  @Override
  public Optional<Objection> object(Scene scene, Incident incident, Act act) {
    if (!are(scene, incident.root())) {
      return Optional.empty();
    }
    List<Finding> nodes = incident.findings().stream().filter(f -> are(scene, f)).toList();
    List<String> names = nodes.stream().map(f -> f.object().name()).sorted().toList();
    Instant oldest =
        nodes.stream().map(Finding::since).min(Comparator.naturalOrder()).orElse(scene.at());
    long had = names.stream().filter(n -> machine(scene, n).isPresent()).count();
    String listed =
        String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
            + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
    return Objection.never(
        (names.size() == 1
                    ? "Node %s has no Machine"
                    : names.size() + " Nodes (%s) have no Machine")
                .formatted(listed)
            + (names.size() == 1 ? machine(scene, names.get(0)).orElse("") : "")
            + ", so nothing would bring "
            + (names.size() == 1 ? "it" : "them")
            + " back; not Ready for up to "
            + Elapsed.text(Duration.between(oldest, scene.at()))
            + ": left-overs are deleted by hand where nothing runs on them"
            + (had >= A_PILE
                ? "; " + had + " had a Machine once, so see why replacing did not help"
                : ""));
  }

  private static Optional<String> machine(Scene scene, String node) {
    return scene
        .node(node)
        .map(Node::annotations)
        .flatMap(a -> Optional.ofNullable(a.get(MACHINE)))
        .map(m -> " any more (it was " + m + ")");
  }
}
