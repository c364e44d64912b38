package io.nephio.recovery.plan;

import io.nephio.recovery.api.ClusterPolicySpec;
import java.time.Instant;

/** A ClusterPolicy as the pure pass sees it. */
public record Policy(
    String namespace,
    String name,
    String uid,
    long generation,
    Instant created,
    ClusterPolicySpec spec) {

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
