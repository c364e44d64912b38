package io.nephio.recovery.judge;

import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that fails, or will be held to fail at {@code due} unless it recovers before.
 *
 * @param since when the failure began, by the evidence in the objects
 * @param due when its threshold is crossed
 * @param owner the top owner of a pod; the workload itself for a workload
 * @param revision of the owner's template that fails; empty when none is told
 * @param nodes on which it shows, by name; the empty name stands for pods that have none
 */
public record Finding(
    ClusterRef cluster,
    ObjectRef object,
    Reason reason,
    Instant since,
    Instant due,
    Optional<Owner> owner,
    String revision,
    List<String> nodes,
    List<Evidence> evidence,
    String message) {

  public Finding {
    nodes = List.copyOf(nodes);
    evidence = List.copyOf(evidence);
  }

  /** One that no owner and no Node explain. */
  public Finding(
      ClusterRef cluster,
      ObjectRef object,
      Reason reason,
      Instant since,
      Instant due,
      List<Evidence> evidence,
      String message) {
    this(cluster, object, reason, since, due, Optional.empty(), "", List.of(), evidence, message);
  }

  public boolean isDue(Instant at) {
    return !at.isBefore(due);
  }

  /** The same with who owns it and where it shows. */
  Finding of(Optional<Owner> by, String template, List<String> on) {
    return new Finding(cluster, object, reason, since, due, by, template, on, evidence, message);
  }

  /** The same, begun earlier by what was remembered. */
  Finding began(Instant earlier) {
    return new Finding(
        cluster,
        object,
        reason,
        earlier,
        due.minusMillis(since.toEpochMilli() - earlier.toEpochMilli()),
        owner,
        revision,
        nodes,
        evidence,
        message);
  }
}
