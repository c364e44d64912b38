package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.Pod;
import io.nephio.recovery.facts.Workload;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Reason;
import io.nephio.recovery.judge.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds pods and workloads that suffer only from their Node: all that fails of them is on Nodes
 * that fail, and began no earlier. Whatever outlives the cure of the Node is judged anew.
 */
final class Symptoms {
  /** Conditions are written one after the other, and files round to the minute. */
  private static final Duration SLACK = Duration.ofMinutes(1);

  private final Scene scene;
  private final Map<String, String> causes = new HashMap<>();
  private final Set<String> causing = new HashSet<>();
  private final Map<String, Finding> roots = new HashMap<>();

  private Symptoms(Scene scene) {
    this.scene = scene;
  }

  /** Takes them out of their groups, and tells for each group which ones it explains. */
  static Map<String, List<Finding>> of(Scene scene, Map<String, List<Finding>> groups) {
    Symptoms symptoms = new Symptoms(scene);
    groups.forEach((key, group) -> group.forEach(f -> symptoms.cause(key, f)));
    Map<String, List<Finding>> explained = new LinkedHashMap<>();
    for (Iterator<Map.Entry<String, List<Finding>>> i = groups.entrySet().iterator();
        i.hasNext(); ) {
      Map.Entry<String, List<Finding>> group = i.next();
      List<Finding> own = new ArrayList<>();
      for (Finding finding : group.getValue()) {
        symptoms
            .explains(group.getKey(), finding)
            .ifPresentOrElse(
                key -> explained.computeIfAbsent(key, k -> new ArrayList<>()).add(finding),
                () -> own.add(finding));
      }
      group.setValue(own);
      if (own.isEmpty()) {
        i.remove();
      }
    }
    return explained;
  }

  private void cause(String key, Finding finding) {
    if (finding.reason() != Reason.MachineDeletionStuck
        && (finding.reason().ofMachine()
            || finding.reason() == Reason.NodePressure
            || finding.reason() == Reason.NodeNetworkUnavailable)) {
      for (String node : finding.nodes()) {
        causes.putIfAbsent(node, key);
        causing.add(key);
        roots.merge(node, finding, (a, b) -> b.since().isBefore(a.since()) ? b : a);
      }
    }
  }

  private Optional<String> explains(String group, Finding finding) {
    boolean suffers = finding.reason().ofPod() || finding.reason() == Reason.WorkloadStalled;
    if (!suffers || finding.nodes().isEmpty() || causing.contains(group)) {
      return Optional.empty();
    }
    Optional<String> cause = Optional.empty();
    for (String node : finding.nodes()) {
      Optional<String> by = node.isEmpty() ? nowhere(finding) : on(node, finding);
      if (by.isEmpty()) {
        return Optional.empty();
      }
      cause = cause.or(() -> by);
    }
    return cause;
  }

  private Optional<String> on(String node, Finding finding) {
    return Optional.ofNullable(roots.get(node))
        .filter(r -> !finding.since().plus(SLACK).isBefore(r.since()))
        .flatMap(r -> Optional.ofNullable(causes.get(node)));
  }

  /** Pods that find no place because of the very taints that failing Nodes carry. */
  private Optional<String> nowhere(Finding finding) {
    String says =
        finding
            .owner()
            .flatMap(scene::workload)
            .map(Workload::owner)
            .map(scene::podsOf)
            .orElse(List.of())
            .stream()
            .flatMap((Pod p) -> p.unschedulable().stream())
            .map(c -> c.message())
            .findFirst()
            .orElse("");
    return roots.keySet().stream()
        .sorted()
        .filter(
            node ->
                scene.node(node).map(Node::taints).orElse(List.of()).stream()
                    .anyMatch(t -> says.contains(t.key())))
        .flatMap(node -> on(node, finding).stream())
        .findFirst();
  }
}
