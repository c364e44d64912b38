package io.nephio.recovery.facts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A Deployment, StatefulSet or DaemonSet.
 *
 * @param observed the generation its controller has seen
 * @param desired pods wanted
 * @param ready pods that are
 * @param updated pods of the newest template
 * @param onDelete whether new pods come only when old ones are deleted
 * @param revision of the newest template; empty when it is not told
 * @param controller what made it, if a controller did
 * @param progressed when a Deployment last came nearer to its goal
 */
public record Workload(
    ObjectRef ref,
    Instant created,
    boolean deleting,
    long generation,
    long observed,
    int desired,
    int ready,
    int updated,
    boolean paused,
    boolean onDelete,
    String revision,
    Selector selector,
    Optional<Owner> controller,
    Optional<Instant> progressed,
    List<Condition> conditions) {

  public Workload {
    conditions = List.copyOf(conditions);
  }

  public Optional<Condition> condition(String type) {
    return Condition.find(conditions, type);
  }

  public Owner owner() {
    return new Owner(ref.apiVersion(), ref.kind(), String.valueOf(ref.namespace()), ref.name());
  }
}
