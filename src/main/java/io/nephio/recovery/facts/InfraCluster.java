package io.nephio.recovery.facts;

import java.util.Optional;

/**
 * The infrastructure of a Cluster, of any provider.
 *
 * @param provisioned whether it was ever ready; empty when its provider does not tell
 * @param ready its Ready condition; empty when its provider sets none
 */
public record InfraCluster(
    ObjectRef ref, Optional<Boolean> provisioned, Optional<Condition> ready) {}
