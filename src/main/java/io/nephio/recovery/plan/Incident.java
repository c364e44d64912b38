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
 */
public record Incident(
    Cluster cluster, Finding root, List<Finding> symptoms, Optional<Machine> machine) {

  public Incident {
    symptoms = List.copyOf(symptoms);
  }

  List<Finding> findings() {
    return Stream.concat(Stream.of(root), symptoms.stream()).toList();
  }
}
