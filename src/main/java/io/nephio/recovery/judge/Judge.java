package io.nephio.recovery.judge;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Cluster;
import java.time.Instant;
import java.util.List;

/** One section of the recovery flow. */
interface Judge {
  List<Finding> judge(Cluster cluster, ClusterPolicySpec policy, Instant at);
}
