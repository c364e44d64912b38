package io.nephio.recovery.facts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What runs in a cluster, in the making: every kind was looked at, and there is none of it. */
public final class ContentsSample {
  private final List<Pod> pods = new ArrayList<>();
  private final List<Workload> workloads = new ArrayList<>();
  private final List<ReplicaSet> replicaSets = new ArrayList<>();
  private final List<Job> jobs = new ArrayList<>();
  private final List<DisruptionBudget> budgets = new ArrayList<>();
  private final List<Lease> leases = new ArrayList<>();
  private final List<Crd> crds = new ArrayList<>();
  private boolean podsNotLooked;
  private boolean crdsNotLooked;

  public ContentsSample pods(PodSample... more) {
    Stream.of(more).map(PodSample::pod).forEach(pods::add);
    return this;
  }

  public ContentsSample workloads(WorkloadSample... more) {
    Stream.of(more).map(WorkloadSample::workload).forEach(workloads::add);
    return this;
  }

  /** The link from ReplicaSet {@code name} to what made it. */
  public ContentsSample replicaSet(String name, String kind, String owner) {
    replicaSets.add(
        new ReplicaSet(
            new ObjectRef("apps/v1", "ReplicaSet", "shop", name, ""),
            Optional.of(new Owner("apps/v1", kind, "shop", owner)),
            3));
    return this;
  }

  public ContentsSample job(String name, boolean failed) {
    jobs.add(new Job(new ObjectRef("batch/v1", "Job", "shop", name, ""), Optional.empty(), failed));
    return this;
  }

  public ContentsSample budget(String app, int allowed) {
    budgets.add(
        new DisruptionBudget(
            new ObjectRef("policy/v1", "PodDisruptionBudget", "shop", "keep-" + app, ""),
            Optional.of(new Selector(Map.of("app", app), List.of())),
            allowed));
    return this;
  }

  public ContentsSample lease(String node, Instant renewed) {
    leases.add(new Lease(node, renewed, Duration.ofSeconds(40)));
    return this;
  }

  public ContentsSample crd(String name, Optional<Instant> deleted, Condition... conditions) {
    crds.add(
        new Crd(
            new ObjectRef(
                "apiextensions.k8s.io/v1", "CustomResourceDefinition", null, name, "crd-" + name),
            Sample.ago("PT480H"),
            deleted,
            List.of(conditions)));
    return this;
  }

  public ContentsSample podsNotLooked() {
    this.podsNotLooked = true;
    return this;
  }

  public ContentsSample crdsNotLooked() {
    this.crdsNotLooked = true;
    return this;
  }

  public Contents contents() {
    return new Contents(
        podsNotLooked ? new Known.NotLooked<>() : new Known.Seen<>(pods),
        new Known.Seen<>(workloads),
        new Known.Seen<>(replicaSets),
        new Known.Seen<>(jobs),
        new Known.Seen<>(budgets),
        new Known.Seen<>(leases),
        crdsNotLooked ? new Known.NotLooked<>() : new Known.Seen<>(crds));
  }
}
