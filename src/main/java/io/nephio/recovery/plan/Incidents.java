package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Reason;
import io.nephio.recovery.judge.Scene;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Folds findings into incidents, root cause first.
 *
 * <p>What gates a whole cluster is the root of everything in it; only a member of the control plane
 * that fails is looked at beside an unhealthy control plane, for it is likely the cause. Below that
 * a Machine and the Node it became are one thing, and so are a workload and its pods.
 */
final class Incidents {
  static final Comparator<Finding> ROOT_FIRST =
      Comparator.comparing((Finding f) -> !f.reason().ofMachine())
          .thenComparing(f -> !f.object().kind().equals("Machine"))
          .thenComparing(f -> !f.reason().ofPod())
          .thenComparing(Finding::due)
          .thenComparing(f -> f.object().toString())
          .thenComparing(Finding::reason);

  private static final Comparator<Incident> OLDEST_FIRST =
      Comparator.comparing((Incident i) -> i.root().since())
          .thenComparing(i -> i.root().object().toString());

  private static final String NETWORK = "network";
  private static final String LEFT_OVERS = "left-overs";

  private final Scene scene;

  /** What may only suffer, with the cause that is not due yet. */
  private final Map<Finding, Finding> waiting = new HashMap<>();

  private Incidents(Scene scene) {
    this.scene = scene;
  }

  static List<Incident> fold(Scene scene, List<Finding> findings) {
    return new Incidents(scene).fold(findings);
  }

  private List<Incident> fold(List<Finding> findings) {
    Optional<Finding> gate =
        findings.stream()
            .filter(f -> f.reason().gates())
            .min(
                Comparator.comparing((Finding f) -> f.reason() == Reason.ControlPlaneUnhealthy)
                    .thenComparing(f -> !f.isDue(scene.at()))
                    .thenComparing(Finding::reason)
                    .thenComparing(f -> f.object().toString()));
    if (gate.isEmpty()) {
      return open(findings);
    }
    List<Finding> rest = without(findings, gate.get());
    if (gate.get().reason() == Reason.ControlPlaneUnhealthy) {
      return controlPlane(gate.get(), rest);
    }
    return gate.get().isDue(scene.at())
        ? List.of(new Incident(scene.cluster(), gate.get(), rest, Optional.empty()))
        : behind(gate.get(), rest, Optional.empty());
  }

  private List<Incident> controlPlane(Finding gate, List<Finding> rest) {
    List<Finding> members = rest.stream().filter(f -> f.reason().ofMachine() && member(f)).toList();
    List<Incident> sick = open(members).stream().filter(i -> i.root().isDue(scene.at())).toList();
    if (sick.isEmpty()) {
      Optional<Machine> suspect = ControlPlaneRules.suspect(scene);
      return gate.isDue(scene.at())
          ? List.of(new Incident(scene.cluster(), gate, rest, suspect))
          : behind(gate, rest, suspect);
    }
    Set<Finding> told =
        sick.stream().flatMap(i -> i.findings().stream()).collect(Collectors.toSet());
    List<Finding> symptoms = new ArrayList<>(List.of(gate));
    rest.stream().filter(f -> !told.contains(f)).forEach(symptoms::add);
    List<Incident> all = new ArrayList<>(sick);
    all.set(0, sick.get(0).with(symptoms));
    return all;
  }

  private boolean member(Finding finding) {
    return scene.machineOf(finding.object()).filter(Machine::controlPlane).isPresent();
  }

  /** The gate may still open by itself; what is below it waits until it is known. */
  private List<Incident> behind(Finding gate, List<Finding> rest, Optional<Machine> suspect) {
    List<Incident> all = new ArrayList<>();
    all.add(new Incident(scene.cluster(), gate, List.of(), suspect));
    open(rest).forEach(i -> all.add(i.behind(gate)));
    return all;
  }

  private List<Incident> open(List<Finding> findings) {
    Map<String, List<Finding>> groups = new LinkedHashMap<>();
    boolean network =
        findings.stream().filter(f -> f.reason() == Reason.NodeNetworkUnavailable).count() > 1;
    group(findings, network, groups);
    Map<String, List<Finding>> explained = new HashMap<>();
    Symptoms.of(scene, groups)
        .forEach(
            (cause, part) -> {
              Optional<Finding> root =
                  incident(groups.getOrDefault(cause, List.of())).map(Incident::root);
              if (root.filter(f -> f.isDue(scene.at())).isPresent()) {
                explained.put(cause, part);
              } else {
                root.ifPresent(f -> part.forEach(p -> waiting.put(p, f)));
                group(part, network, groups);
              }
            });
    List<Incident> incidents = new ArrayList<>();
    groups.forEach(
        (key, group) -> {
          List<Finding> symptoms = explained.getOrDefault(key, List.of());
          incident(group).ifPresent(i -> incidents.add(i.with(symptoms)));
        });
    return incidents.stream().sorted(OLDEST_FIRST).toList();
  }

  private void group(List<Finding> findings, boolean network, Map<String, List<Finding>> groups) {
    for (Finding finding : findings) {
      groups.computeIfAbsent(key(finding, network), g -> new ArrayList<>()).add(finding);
    }
  }

  /** What belongs together has the same key. */
  private String key(Finding finding, boolean network) {
    if (finding.reason() == Reason.NodeNetworkUnavailable && network) {
      return NETWORK;
    }
    if (finding.owner().isPresent()
        && (finding.reason().ofPod() || finding.reason() == Reason.WorkloadStalled)) {
      return network && Cni.agent(finding.owner().get())
          ? NETWORK
          : "owner " + finding.owner().get();
    }
    return LeftOvers.are(scene, finding) ? LEFT_OVERS : identity(scene, finding);
  }

  /** The pods of a DaemonSet alone are no incident: they come back by themselves. */
  private Optional<Incident> incident(Collection<Finding> group) {
    List<Finding> roots =
        group.stream()
            .filter(
                f ->
                    !f.reason().ofPod()
                        || f.owner().filter(o -> o.kind().equals("DaemonSet")).isEmpty())
            .toList();
    return roots.stream()
        .min(
            Comparator.comparing((Finding f) -> !f.isDue(scene.at()))
                .thenComparing(waiting::containsKey)
                .thenComparing(ROOT_FIRST))
        .map(
            root ->
                new Incident(
                    scene.cluster(),
                    root,
                    without(List.copyOf(group), root),
                    scene.machineOf(root.object()),
                    Optional.ofNullable(waiting.get(root))));
  }

  private static List<Finding> without(List<Finding> findings, Finding root) {
    return findings.stream().filter(f -> !f.equals(root)).sorted(ROOT_FIRST).toList();
  }

  /**
   * What fails, the same for every finding that tells of it: the uid of the Machine where one
   * stands behind the object, owner and revision of pods and workloads, else the object's own.
   */
  static String identity(Scene scene, Finding finding) {
    if (finding.reason().ofPod() || finding.reason() == Reason.WorkloadStalled) {
      return finding
          .owner()
          .map(o -> o.kind() + "/" + o.namespace() + "/" + o.name() + "@" + finding.revision())
          .orElseGet(() -> identity(finding.object()));
    }
    return identity(scene.machineOf(finding.object()).map(Machine::ref).orElse(finding.object()));
  }

  /** Files may lack uids; two objects without one are still two. */
  static String identity(ObjectRef object) {
    return object.uid().isEmpty() ? object.toString() : object.uid();
  }
}
