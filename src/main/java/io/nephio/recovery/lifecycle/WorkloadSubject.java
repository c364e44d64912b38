package io.nephio.recovery.lifecycle;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Workload;
import io.nephio.recovery.judge.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A workload whose rollout is restarted. */
record WorkloadSubject(RemediationSpec spec, Cluster cluster) implements Subject {

  @Override
  public Optional<String> unseen() {
    return cluster.contents().workloads() instanceof Known.Seen<Workload>
        ? Optional.empty()
        : Optional.of("the workloads of " + cluster.ref() + " cannot be read");
  }

  private Optional<Workload> workload() {
    return cluster.contents().workloads().items().stream()
        .filter(w -> w.ref().uid().equals(spec.target().uid()) && !w.deleting())
        .findFirst();
  }

  @Override
  public boolean gone() {
    return workload().isEmpty();
  }

  @Override
  public boolean concerns(Finding finding) {
    return finding.object().uid().equals(spec.target().uid());
  }

  @Override
  public Health state() {
    return workload().filter(WorkloadSubject::isComplete).isPresent()
        ? new Health.Healthy()
        : new Health.Unseen("not all pods of " + spec.target().name() + " are ready");
  }

  /** All of its pods are of the newest template and ready. */
  private static boolean isComplete(Workload workload) {
    return workload.observed() >= workload.generation()
        && workload.ready() >= workload.desired()
        && workload.updated() >= workload.desired();
  }

  @Override
  public Health after(Instant startedAt, List<Finding> findings) {
    return state() instanceof Health.Healthy ? state() : new Health.Failing();
  }
}
