package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterRef;

/**
 * Where the packages of a cluster are.
 *
 * @param repository {@code owner/name}
 * @param base branch that is deployed; empty for the repository's default branch
 */
public record PackagePlace(String repository, String base) {

  /** What the management cluster runs is in the policy's own repository. */
  public static PackagePlace of(Policy policy, ClusterRef cluster) {
    String own = policy.spec().repository();
    String repository =
        cluster.name().equals(Cluster.MANAGEMENT)
            ? own
            : policy
                .spec()
                .workloadRepository()
                .replace("{cluster}", cluster.name())
                .replace("{namespace}", cluster.namespace());
    return new PackagePlace(repository, repository.equals(own) ? policy.spec().branch() : "");
  }
}
