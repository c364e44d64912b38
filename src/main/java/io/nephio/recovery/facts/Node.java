package io.nephio.recovery.facts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Node of a workload cluster. */
public record Node(
    ObjectRef ref,
    Instant created,
    boolean deleting,
    boolean unschedulable,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<Taint> taints,
    List<Condition> conditions) {

  public Node {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    taints = List.copyOf(taints);
    conditions = List.copyOf(conditions);
  }

  /** A Node without labels, annotations and taints. */
  public Node(
      ObjectRef ref,
      Instant created,
      boolean deleting,
      boolean unschedulable,
      List<Condition> conditions) {
    this(ref, created, deleting, unschedulable, Map.of(), Map.of(), List.of(), conditions);
  }

  public record Taint(String key, String effect, Optional<Instant> added) {}

  public Optional<Condition> condition(String type) {
    return Condition.find(conditions, type);
  }

  public Optional<Condition> ready() {
    return condition("Ready");
  }

  /** True only on positive evidence. */
  public boolean isReady() {
    return ready().filter(c -> c.status() == Condition.Status.True).isPresent();
  }

  /** Not Ready because, in its kubelet's own words, its CNI is not there. */
  public boolean networkNotReady() {
    return ready()
        .filter(c -> c.status() == Condition.Status.False)
        .map(Condition::message)
        .filter(
            m ->
                m.contains("NetworkReady=false")
                    || m.contains("network plugin is not ready")
                    || m.contains("cni plugin not initialized"))
        .isPresent();
  }

  /** The failure domain it is in, as far as it tells. */
  public Optional<String> zone() {
    return Optional.ofNullable(labels.get("topology.kubernetes.io/zone"));
  }
}
