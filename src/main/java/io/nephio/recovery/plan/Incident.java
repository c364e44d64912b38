package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.judge.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One cause and what it explains.
 *
 * @param machine the Machine whose replacement would end it
 * @param gate what must be settled first, because it may turn out to be the cause
 */
public record Incident(
    Cluster cluster,
    Finding root,
    List<Finding> symptoms,
    Optional<Machine> machine,
    Optional<Finding> gate) {

  public Incident {
    symptoms = List.copyOf(symptoms);
  }

  public Incident(
      Cluster cluster, Finding root, List<Finding> symptoms, Optional<Machine> machine) {
    this(cluster, root, symptoms, machine, Optional.empty());
  }

  List<Finding> findings() {
    return Stream.concat(Stream.of(root), symptoms.stream()).toList();
  }

  Incident with(List<Finding> more) {
    return more.isEmpty()
        ? this
        : new Incident(
            cluster, root, Stream.concat(symptoms.stream(), more.stream()).toList(), machine, gate);
  }

  Incident behind(Finding other) {
    return new Incident(cluster, root, symptoms, machine, Optional.of(other));
  }

  /** Whether it is about a member of the control plane. */
  boolean controlPlane() {
    return machine.filter(Machine::controlPlane).isPresent();
  }
}
