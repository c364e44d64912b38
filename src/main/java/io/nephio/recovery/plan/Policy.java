package io.nephio.recovery.plan;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Oversight;
import java.time.Instant;

/** A ClusterPolicy as the pure pass sees it. */
public record Policy(
    String namespace,
    String name,
    String uid,
    long generation,
    Instant created,
    ClusterPolicySpec spec) {

  /** Critical CRDs that are named are looked for, whatever else is to be watched. */
  public Oversight oversight() {
    if (spec.includeManagementCluster()) {
      return Oversight.WHOLE;
    }
    return spec.criticalCRDs().management().isEmpty() ? Oversight.NONE : Oversight.CRDS;
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
