package io.nephio.recovery.facts;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All clusters that were looked at, in a fixed order.
 *
 * @param management the cluster that manages the others, where it was looked at
 */
public record Fleet(List<Cluster> clusters, Optional<Cluster> management) {
  public Fleet {
    clusters = clusters.stream().sorted(Comparator.comparing(Cluster::ref)).toList();
  }

  public Fleet(List<Cluster> clusters) {
    this(clusters, Optional.empty());
  }

  /** With the management cluster, which comes last. */
  public List<Cluster> all() {
    return Stream.concat(clusters.stream(), management.stream()).toList();
  }
}
