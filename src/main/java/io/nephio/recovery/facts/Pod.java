package io.nephio.recovery.facts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pod of a workload cluster.
 *
 * @param goneBy when one that is being deleted has had its time to end
 * @param mirror whether a kubelet runs it from a file of its own
 * @param controller its direct one
 * @param revision of its owner's template that it was made from; empty when none is told
 * @param node empty while it is not scheduled
 * @param containers init containers first
 */
public record Pod(
    ObjectRef ref,
    Map<String, String> labels,
    Instant created,
    boolean deleting,
    Optional<Instant> goneBy,
    boolean mirror,
    Optional<Owner> controller,
    String revision,
    String node,
    String phase,
    String reason,
    String message,
    List<Condition> conditions,
    List<Container> containers) {

  public Pod {
    labels = Map.copyOf(labels);
    conditions = List.copyOf(conditions);
    containers = List.copyOf(containers);
  }

  /** One container and its last two lives. */
  public record Container(
      String name,
      boolean init,
      boolean ready,
      int restarts,
      Optional<Waiting> waiting,
      Optional<Ended> ended,
      Optional<Ended> before) {}

  public record Waiting(String reason, String message) {}

  public record Ended(
      int exitCode, String reason, Optional<Instant> startedAt, Optional<Instant> finishedAt) {}

  public Optional<Condition> condition(String type) {
    return Condition.find(conditions, type);
  }

  public boolean isReady() {
    return condition("Ready").filter(c -> c.status() == Condition.Status.True).isPresent();
  }

  public boolean finished() {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /** What the scheduler says when no Node fits. */
  public Optional<Condition> unschedulable() {
    return condition("PodScheduled")
        .filter(c -> c.status() == Condition.Status.False && node.isEmpty());
  }
}
