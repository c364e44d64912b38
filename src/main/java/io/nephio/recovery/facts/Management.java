package io.nephio.recovery.facts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the management cluster holds around the Machines of one Cluster.
 *
 * @param created when the Cluster was
 * @param conditions of the Cluster
 * @param controlPlaneInitialized whether the Cluster says so; empty when it does not tell
 * @param infra at most one
 * @param controlPlane at most one
 * @param repositories what Porch has registered under the Cluster's name
 */
public record Management(
    Optional<Instant> created,
    List<Condition> conditions,
    Optional<Boolean> controlPlaneInitialized,
    Known<InfraCluster> infra,
    Known<ControlPlane> controlPlane,
    Known<MachineOwner> owners,
    Known<HealthCheck> healthChecks,
    Known<PorchRepository> repositories) {

  public static final Management NOT_LOOKED =
      new Management(
          Optional.empty(),
          List.of(),
          Optional.empty(),
          new Known.NotLooked<>(),
          new Known.NotLooked<>(),
          new Known.NotLooked<>(),
          new Known.NotLooked<>(),
          new Known.NotLooked<>());

  public Management {
    conditions = List.copyOf(conditions);
  }

  public Optional<ControlPlane> theControlPlane() {
    return controlPlane.items().stream().findFirst();
  }
}
