package io.nephio.recovery.operator;

import io.nephio.recovery.api.ClusterPolicyStatus;
import io.nephio.recovery.api.ClusterPolicyStatus.ClusterState;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Reach;
import io.nephio.recovery.plan.ClusterState.State;
import java.time.Instant;

/**
 * Holds every cluster to the identity under which it was first seen. Behind a kubeconfig that
 * suddenly leads elsewhere, somebody else's nodes would be judged.
 */
record KnownClusters(ClusterPolicyStatus before, Instant at) {

  Fleet check(Fleet fleet) {
    return new Fleet(
        fleet.clusters().stream().map(this::check).toList(), fleet.management().map(this::check));
  }

  private Cluster check(Cluster cluster) {
    String first = PolicyStatus.identity(before, cluster).orElse("");
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
                since(cluster),
                "it leads to another cluster: kube-system has the uid "
                    + cluster.kubeSystemUid()
                    + ", and had "
                    + first),
            new Known.NotLooked<>(),
            first);
  }

  /** The same from pass to pass, or each would find that it began just now. */
  private Instant since(Cluster cluster) {
    return PolicyStatus.old(before, cluster)
        .filter(c -> c.state().equals(State.Unreachable.name()))
        .map(ClusterState::since)
        .orElse(at);
  }
}
