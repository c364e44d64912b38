package io.nephio.recovery.observe.live;

import io.nephio.recovery.facts.Cluster;

/** One cluster, read anew from its API servers. */
public sealed interface Fresh {
  record Found(Cluster cluster) implements Fresh {}

  /** There is no Cluster of this name. */
  record Gone() implements Fresh {}

  record Unreadable(String why) implements Fresh {}
}
