package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folds findings into incidents, root cause first.
 *
 * <p>What gates a whole cluster is the root of everything in it. Below that a Machine and the Node
 * it became are one thing: two findings of one Machine are one incident, and its root is the
 * Machine's.
 */
final class Incidents {
  private static final Comparator<Finding> ROOT_FIRST =
      Comparator.comparing((Finding f) -> f.reason() != Reason.MachineFailed)
          .thenComparing(Finding::due)
          .thenComparing(f -> f.object().toString());

  private static final Comparator<Incident> OLDEST_FIRST =
      Comparator.comparing((Incident i) -> i.root().since())
          .thenComparing(i -> i.root().object().toString());

  private Incidents() {}

  static List<Incident> fold(Cluster cluster, List<Finding> findings, Instant at) {
    Optional<Finding> gate =
        findings.stream()
            .filter(f -> f.reason().gates())
            .min(Comparator.comparing((Finding f) -> !f.isDue(at)).thenComparing(Finding::reason));
    if (gate.isPresent()) {
      return List.of(
          new Incident(cluster, gate.get(), without(findings, gate.get()), Optional.empty()));
    }
    Map<String, List<Finding>> byThing = new LinkedHashMap<>();
    findings.forEach(
        f -> byThing.computeIfAbsent(identity(cluster, f), k -> new ArrayList<>()).add(f));
    return byThing.values().stream()
        .map(group -> incident(cluster, group, at))
        .sorted(OLDEST_FIRST)
        .toList();
  }

  /** The uid of the Machine where one stands behind the object, else the object's own. */
  static String identity(Cluster cluster, Finding finding) {
    return identity(cluster.machineOf(finding.object()).map(Machine::ref).orElse(finding.object()));
  }

  /** Files may lack uids; two objects without one are still two. */
  static String identity(ObjectRef object) {
    return object.uid().isEmpty() ? object.toString() : object.uid();
  }

  private static Incident incident(Cluster cluster, List<Finding> group, Instant at) {
    Finding root =
        group.stream()
            .min(Comparator.comparing((Finding f) -> !f.isDue(at)).thenComparing(ROOT_FIRST))
            .orElseThrow();
    return new Incident(cluster, root, without(group, root), cluster.machineOf(root.object()));
  }

  private static List<Finding> without(List<Finding> findings, Finding root) {
    return findings.stream().filter(f -> !f.equals(root)).sorted(ROOT_FIRST).toList();
  }
}
