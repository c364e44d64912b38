package io.nephio.recovery.facts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A complete workload of three pods in the making. */
public final class WorkloadSample {
  private final String kind;
  private final String name;
  private String namespace = "shop";
  private long observed = 4;
  private int desired = 3;
  private int ready = 3;
  private boolean paused;
  private boolean onDelete;
  private String revision = "2";
  private Optional<Owner> controller = Optional.empty();
  private Optional<Instant> progressed = Optional.empty();
  private List<Condition> conditions = List.of();

  WorkloadSample(String kind, String name) {
    this.kind = kind;
    this.name = name;
  }

  public WorkloadSample in(String namespace) {
    this.namespace = namespace;
    return this;
  }

  public WorkloadSample ready(int ready, int desired) {
    this.ready = ready;
    this.desired = desired;
    return this;
  }

  public WorkloadSample notObserved() {
    this.observed = 3;
    return this;
  }

  public WorkloadSample paused() {
    this.paused = true;
    return this;
  }

  public WorkloadSample onDelete() {
    this.onDelete = true;
    return this;
  }

  public WorkloadSample revision(String revision) {
    this.revision = revision;
    return this;
  }

  public WorkloadSample ownedBy(String kind, String owner) {
    this.controller = Optional.of(new Owner("example.com/v1", kind, namespace, owner));
    return this;
  }

  public WorkloadSample progressed(Instant at) {
    this.progressed = Optional.of(at);
    return this;
  }

  public WorkloadSample conditions(Condition... conditions) {
    this.conditions = List.of(conditions);
    return this;
  }

  public Workload workload() {
    return new Workload(
        new ObjectRef("apps/v1", kind, namespace, name, "workload-uid-" + name),
        Sample.ago("PT480H"),
        false,
        4,
        observed,
        desired,
        ready,
        desired,
        paused,
        onDelete,
        revision,
        new Selector(Map.of("app", name), List.of()),
        controller,
        progressed,
        conditions);
  }
}
