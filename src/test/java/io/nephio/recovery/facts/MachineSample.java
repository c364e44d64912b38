package io.nephio.recovery.facts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A running Machine in the making. */
public final class MachineSample {
  private final String name;
  private final boolean controlPlane;
  private Optional<Owner> owner;
  private String uid;
  private Map<String, String> labels = Map.of();
  private Map<String, String> annotations = Map.of();
  private boolean deleting;
  private Optional<String> node;
  private Optional<Machine.Failure> failure = Optional.empty();
  private List<Condition> conditions = List.of();
  private Instant created = Sample.ago("PT48H");
  private Optional<Instant> deletionRequested = Optional.empty();
  private String failureDomain = "";

  MachineSample(String name, boolean controlPlane, String ownerKind, String ownerName) {
    this.name = name;
    this.controlPlane = controlPlane;
    this.owner =
        Optional.of(new Owner("cluster.x-k8s.io/v1beta1", ownerKind, Sample.NAMESPACE, ownerName));
    this.uid = "machine-uid-" + name;
    this.node = Optional.of(name);
  }

  /** Owned by this MachineDeployment instead. */
  public MachineSample of(String deployment) {
    this.owner =
        Optional.of(
            new Owner(
                "cluster.x-k8s.io/v1beta1", "MachineDeployment", Sample.NAMESPACE, deployment));
    return this;
  }

  public MachineSample withoutController() {
    this.owner = Optional.empty();
    return this;
  }

  public MachineSample withoutUid() {
    this.uid = "";
    return this;
  }

  public MachineSample labels(String... keysAndValues) {
    this.labels = Sample.labels(keysAndValues);
    return this;
  }

  public MachineSample annotations(String... keysAndValues) {
    this.annotations = Sample.labels(keysAndValues);
    return this;
  }

  public MachineSample deleting() {
    this.deleting = true;
    return this;
  }

  public MachineSample deleting(Instant since) {
    this.deletionRequested = Optional.of(since);
    return deleting();
  }

  public MachineSample created(Instant created) {
    this.created = created;
    return this;
  }

  public MachineSample in(String failureDomain) {
    this.failureDomain = failureDomain;
    return this;
  }

  public MachineSample failing(String reason) {
    this.failure = Optional.of(new Machine.Failure(reason, ""));
    return this;
  }

  public MachineSample neverNode() {
    this.node = Optional.empty();
    return this;
  }

  public MachineSample failed(Condition... conditions) {
    this.failure = Optional.of(new Machine.Failure("CreateError", "no quota"));
    return conditions(conditions);
  }

  public MachineSample conditions(Condition... conditions) {
    this.conditions = List.of(conditions);
    return this;
  }

  public Machine machine() {
    return new Machine(
        new ObjectRef("cluster.x-k8s.io/v1beta1", "Machine", Sample.NAMESPACE, name, uid),
        "any",
        labels,
        annotations,
        created,
        deleting,
        deletionRequested,
        controlPlane,
        owner.isPresent(),
        owner,
        "Running",
        node,
        failure,
        failureDomain,
        conditions);
  }
}
