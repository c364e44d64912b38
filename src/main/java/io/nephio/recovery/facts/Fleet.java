package io.nephio.recovery.facts;

import java.util.Comparator;
import java.util.List;

/** All clusters that were looked at, in a fixed order. */
public record Fleet(List<Cluster> clusters) {
  public Fleet {
    clusters = clusters.stream().sorted(Comparator.comparing(Cluster::ref)).toList();
  }
}
