package io.nephio.recovery.facts;

import io.nephio.recovery.facts.Condition.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A running, ready pod in the making, of ReplicaSet {@code web-1} of Deployment {@code web}. */
public final class PodSample {
  private final String name;
  private String namespace = "shop";
  private Map<String, String> labels = Map.of("app", "web");
  private boolean deleting;
  private Optional<Instant> goneBy = Optional.empty();
  private boolean mirror;
  private Optional<Owner> controller;
  private String revision = "1";
  private String node = "n1";
  private String phase = "Running";
  private String reason = "";
  private List<Condition> conditions;
  private List<Pod.Container> containers;

  PodSample(String name) {
    this.name = name;
    this.controller = Optional.of(new Owner("apps/v1", "ReplicaSet", namespace, "web-1"));
    this.conditions = List.of(Sample.condition("Ready", Status.True, Sample.ago("PT24H")));
    this.containers = List.of(container(true, 0, Optional.empty(), Optional.empty()));
  }

  public PodSample in(String namespace) {
    this.namespace = namespace;
    this.controller = controller.map(c -> new Owner(c.apiVersion(), c.kind(), namespace, c.name()));
    return this;
  }

  public PodSample of(String kind, String owner) {
    String api =
        kind.equals("Job") ? "batch/v1" : kind.equals("Foo") ? "example.com/v1" : "apps/v1";
    this.controller = Optional.of(new Owner(api, kind, namespace, owner));
    return this;
  }

  public PodSample bare() {
    this.controller = Optional.empty();
    return this;
  }

  public PodSample mirror() {
    this.mirror = true;
    return this;
  }

  public PodSample deleting() {
    this.deleting = true;
    return this;
  }

  /** Within the time that it is given to end, or past it. */
  public PodSample ending(Instant goneBy) {
    this.goneBy = Optional.of(goneBy);
    return deleting();
  }

  /** In its first life after one of that length, which ended badly. */
  public PodSample crashedOnce(Instant from, Instant to, Optional<String> backOff) {
    this.conditions = List.of(Sample.condition("Ready", Status.False, to));
    this.containers =
        List.of(
            container(
                false,
                6,
                backOff.map(message -> new Pod.Waiting("CrashLoopBackOff", message)),
                Optional.of(ended(1, from, to))));
    return this;
  }

  public PodSample revision(String revision) {
    this.revision = revision;
    return this;
  }

  public PodSample on(String node) {
    this.node = node;
    return this;
  }

  public PodSample labels(String... keysAndValues) {
    this.labels = Sample.labels(keysAndValues);
    return this;
  }

  /** In a crash loop, not ready since then. */
  public PodSample crashing(Instant since) {
    return crashing(since, "back-off 5m0s restarting failed container", Sample.ago("PT1M"));
  }

  public PodSample crashing(Instant since, String message, Instant lastStart) {
    this.conditions = List.of(Sample.condition("Ready", Status.False, since));
    this.containers =
        List.of(
            container(
                false,
                9,
                Optional.of(new Pod.Waiting("CrashLoopBackOff", message)),
                Optional.of(ended(1, lastStart, lastStart.plusSeconds(5)))));
    return this;
  }

  /** Seen in the moment it runs between two crashes. */
  public PodSample betweenCrashes(Instant since, int restarts, Instant lastEnd) {
    this.conditions = List.of(Sample.condition("Ready", Status.False, since));
    this.containers =
        List.of(
            container(
                false,
                restarts,
                Optional.empty(),
                Optional.of(ended(1, lastEnd.minusSeconds(5), lastEnd))));
    return this;
  }

  public PodSample waiting(String why, Instant since) {
    this.phase = "Pending";
    this.conditions = List.of(Sample.condition("Ready", Status.False, since));
    this.containers =
        List.of(container(false, 0, Optional.of(new Pod.Waiting(why, "")), Optional.empty()));
    return this;
  }

  public PodSample unready(Instant since) {
    this.conditions = List.of(Sample.condition("Ready", Status.False, since));
    this.containers = List.of(container(false, 0, Optional.empty(), Optional.empty()));
    return this;
  }

  public PodSample unschedulable(Instant since, String message) {
    this.phase = "Pending";
    this.node = "";
    this.conditions =
        List.of(
            new Condition(
                "PodScheduled", Status.False, "Unschedulable", message, Optional.of(since)));
    this.containers = List.of();
    return this;
  }

  public PodSample failed(Instant at) {
    this.phase = "Failed";
    this.conditions = List.of();
    this.containers =
        List.of(
            new Pod.Container(
                "app",
                false,
                false,
                0,
                Optional.empty(),
                Optional.of(ended(1, at.minusSeconds(60), at)),
                Optional.empty()));
    return this;
  }

  public PodSample evicted(Instant at) {
    this.phase = "Failed";
    this.reason = "Evicted";
    this.containers = List.of();
    this.conditions = List.of(Sample.condition("DisruptionTarget", Status.True, at));
    return this;
  }

  public PodSample because(String reason) {
    this.reason = reason;
    return this;
  }

  public PodSample phase(String phase) {
    this.phase = phase;
    return this;
  }

  private static Pod.Container container(
      boolean ready, int restarts, Optional<Pod.Waiting> waiting, Optional<Pod.Ended> before) {
    return new Pod.Container("app", false, ready, restarts, waiting, Optional.empty(), before);
  }

  private static Pod.Ended ended(int exit, Instant from, Instant to) {
    return new Pod.Ended(exit, "Error", Optional.of(from), Optional.of(to));
  }

  public Pod pod() {
    return new Pod(
        new ObjectRef("v1", "Pod", namespace, name, "pod-uid-" + name),
        labels,
        Sample.ago("PT48H"),
        deleting,
        goneBy,
        mirror,
        controller,
        revision,
        node,
        phase,
        reason,
        "",
        conditions,
        containers);
  }
}
