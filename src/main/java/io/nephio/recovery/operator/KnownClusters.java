package io.nephio.recovery.operator;

import io.nephio.recovery.api.ClusterPolicyStatus;
import io.nephio.recovery.api.ClusterPolicyStatus.ClusterState;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Reach;
import java.time.Instant;

/**
 * Holds every cluster to the identity under which it was first seen. Behind a kubeconfig that
 * suddenly leads elsewhere, somebody else's nodes would be judged.
 */
record KnownClusters(ClusterPolicyStatus before, Instant at) {

  Fleet check(Fleet fleet) {
    return new Fleet(fleet.clusters().stream().map(this::check).toList());
  }

  private Cluster check(Cluster cluster) {
    String first = PolicyStatus.old(before, cluster).map(ClusterState::kubeSystemUid).orElse("");
    boolean same =
        first.isEmpty()
            || cluster.kubeSystemUid().isEmpty()
            || first.equals(cluster.kubeSystemUid());
    return same
        ? cluster
        : new Cluster(
            cluster.ref(),
            cluster.object(),
            cluster.labels(),
            cluster.paused(),
            cluster.deleting(),
            cluster.infrastructureReady(),
            cluster.machines(),
            new Reach.CredentialProblem(
                at,
                "it leads to another cluster: kube-system has the uid "
                    + cluster.kubeSystemUid()
                    + ", and had "
                    + first),
            new Known.NotLooked<>(),
            first);
  }
}
