package io.nephio.recovery.judge;

import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.Pod;
import io.nephio.recovery.facts.Reach;
import io.nephio.recovery.facts.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Section E of the recovery flow: a Deployment, StatefulSet or DaemonSet with fewer ready pods than
 * wanted for longer than {@code workloadRolloutTimeout}.
 *
 * <p>Pods of an old template are no stall: {@code OnDelete} and partitions want them. Nor are pods
 * that are given time to end, or whose Node goes with its Machine. Kubernetes has no time of the
 * last update; it is the last progress of a Deployment, and for the others since when the first of
 * the pods that are not ready is so.
 */
final class WorkloadJudge implements Judge {

  @Override
  public List<Finding> judge(Scene scene) {
    if (!(scene.cluster().reach() instanceof Reach.Reached)) {
      return List.of();
    }
    return scene.cluster().contents().workloads().items().stream()
        .filter(w -> !w.deleting() && !w.paused() && w.desired() > 0)
        .filter(w -> w.observed() >= w.generation())
        .flatMap(w -> stalled(scene, w).stream())
        .toList();
  }

  private static Optional<Finding> stalled(Scene scene, Workload workload) {
    Optional<Condition> deadline =
        workload.condition("Progressing").filter(c -> c.status() == Status.False);
    if (workload.ready() >= workload.desired() && deadline.isEmpty()) {
      return Optional.empty();
    }
    List<Pod> unready =
        scene.podsOf(workload.owner()).stream().filter(p -> !p.isReady() && !p.finished()).toList();
    List<Pod> pods = unready.stream().filter(p -> !leaves(scene, p)).toList();
    int leaving = unready.size() - pods.size();
    if (deadline.isEmpty() && leaving > 0 && workload.desired() - workload.ready() <= leaving) {
      return Optional.empty();
    }
    Instant since = scene.notLater(since(scene, workload, deadline, pods));
    List<Evidence> evidence = new ArrayList<>();
    String object = workload.ref().toString();
    evidence.add(
        new Evidence(
            object,
            workload.ready() + " of " + workload.desired() + " ready",
            "",
            Optional.of(since)));
    Stream.of("Progressing", "Available", "ReplicaFailure")
        .flatMap(t -> workload.condition(t).stream())
        .filter(c -> c.type().equals("ReplicaFailure") == (c.status() == Status.True))
        .forEach(c -> evidence.add(new Evidence(object, c.shortly(), c.reason(), c.since())));
    return Optional.of(
        new Finding(
                scene.cluster().ref(),
                workload.ref(),
                Reason.WorkloadStalled,
                since,
                since.plus(scene.policy().workloadRolloutTimeout().duration()),
                evidence,
                workload.ready()
                    + " of "
                    + workload.desired()
                    + " pods ready"
                    + deadline.map(c -> ", " + c.reason()).orElse("")
                    + "; threshold "
                    + scene.policy().workloadRolloutTimeout().text())
            .of(
                Optional.of(workload.owner()),
                workload.revision(),
                pods.stream().map(Pod::node).distinct().sorted().toList()));
  }

  private static boolean leaves(Scene scene, Pod pod) {
    return pod.goneBy().filter(scene.at()::isBefore).isPresent() || scene.goesWithItsMachine(pod);
  }

  private static Instant since(
      Scene scene, Workload workload, Optional<Condition> deadline, List<Pod> pods) {
    boolean rolling =
        workload
            .condition("Progressing")
            .filter(c -> !c.reason().equals("NewReplicaSetAvailable"))
            .isPresent();
    if ((deadline.isPresent() || rolling) && workload.progressed().isPresent()) {
      return workload.progressed().get();
    }
    Stream<Instant> unavailable =
        workload.condition("Available").filter(c -> c.status() == Status.False).stream()
            .flatMap(c -> c.since().stream());
    return Stream.concat(unavailable, pods.stream().map(WorkloadJudge::unready))
        .min(Comparator.naturalOrder())
        .orElse(scene.at());
  }

  private static Instant unready(Pod pod) {
    return Stream.of("Ready", "PodScheduled")
        .flatMap(t -> pod.condition(t).stream())
        .filter(c -> c.status() != Status.True)
        .flatMap(c -> c.since().stream())
        .findFirst()
        .orElse(pod.created());
  }
}
