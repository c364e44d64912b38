package io.nephio.recovery.plan;

import io.nephio.recovery.facts.ClusterRef;

/** The state of one cluster, in one word. */
public record ClusterState(ClusterRef cluster, State state) {

  /** In the order in which the first that holds is told. */
  public enum State {
    Deleting,
    Paused,
    Unreachable,
    InfraUnready,
    ControlPlaneUnhealthy,
    Degraded,
    Healthy,
    Unknown
  }
}
