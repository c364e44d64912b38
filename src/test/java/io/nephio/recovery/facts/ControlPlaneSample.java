package io.nephio.recovery.facts;

import java.util.List;
import java.util.Optional;

/** A healthy KubeadmControlPlane of three in the making, and what the management holds besides. */
public final class ControlPlaneSample {
  private String kind = "KubeadmControlPlane";
  private Optional<Integer> replicas = Optional.of(3);
  private Optional<Integer> ready = Optional.of(3);
  private Optional<Boolean> initialized = Optional.of(true);
  private boolean rollingOut;
  private boolean externalEtcd;
  private List<Condition> conditions = List.of();
  private List<MachineOwner> owners = List.of();
  private List<HealthCheck> healthChecks = List.of();
  private Known<InfraCluster> infra = new Known.NotLooked<>();

  public ControlPlaneSample kind(String kind) {
    this.kind = kind;
    return this;
  }

  public ControlPlaneSample ready(int ready, int replicas) {
    this.ready = Optional.of(ready);
    this.replicas = Optional.of(replicas);
    return this;
  }

  public ControlPlaneSample managed() {
    this.kind = "AWSManagedControlPlane";
    this.ready = Optional.empty();
    this.replicas = Optional.empty();
    return this;
  }

  public ControlPlaneSample neverInitialized() {
    this.initialized = Optional.of(false);
    return this;
  }

  public ControlPlaneSample rollingOut() {
    this.rollingOut = true;
    return this;
  }

  public ControlPlaneSample externalEtcd() {
    this.externalEtcd = true;
    return this;
  }

  public ControlPlaneSample conditions(Condition... conditions) {
    this.conditions = List.of(conditions);
    return this;
  }

  public ControlPlaneSample owners(MachineOwner... owners) {
    this.owners = List.of(owners);
    return this;
  }

  public ControlPlaneSample healthChecks(HealthCheck... healthChecks) {
    this.healthChecks = List.of(healthChecks);
    return this;
  }

  public ControlPlaneSample infra(InfraCluster... infra) {
    this.infra = new Known.Seen<>(List.of(infra));
    return this;
  }

  public Management management() {
    return new Management(
        Optional.of(Sample.ago("PT48H")),
        List.of(),
        initialized,
        infra,
        new Known.Seen<>(
            List.of(
                new ControlPlane(
                    new ObjectRef(
                        "controlplane.cluster.x-k8s.io/v1beta1",
                        kind,
                        Sample.NAMESPACE,
                        "kcp",
                        "kcp-uid"),
                    Sample.ago("PT48H"),
                    false,
                    false,
                    replicas,
                    ready,
                    initialized,
                    rollingOut,
                    externalEtcd,
                    conditions))),
        new Known.Seen<>(owners),
        new Known.Seen<>(healthChecks),
        new Known.Seen<>(List.of()));
  }
}
