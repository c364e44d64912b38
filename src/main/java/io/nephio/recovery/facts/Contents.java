package io.nephio.recovery.facts;

/** What runs in a workload cluster, besides its Nodes. */
public record Contents(
    Known<Pod> pods,
    Known<Workload> workloads,
    Known<ReplicaSet> replicaSets,
    Known<Job> jobs,
    Known<DisruptionBudget> budgets,
    Known<Lease> leases,
    Known<Crd> crds) {

  public static final Contents NOT_LOOKED = of(new Known.NotLooked<>());

  /** Of which nothing but the CRDs was looked at. */
  public static Contents of(Known<Crd> crds) {
    return new Contents(
        new Known.NotLooked<>(),
        new Known.NotLooked<>(),
        new Known.NotLooked<>(),
        new Known.NotLooked<>(),
        new Known.NotLooked<>(),
        new Known.NotLooked<>(),
        crds);
  }

  /** Whether nobody looked at any of it. */
  public boolean notLooked() {
    return equals(NOT_LOOKED);
  }
}
