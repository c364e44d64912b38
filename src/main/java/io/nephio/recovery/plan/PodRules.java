package io.nephio.recovery.plan;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.facts.Owner;
import io.nephio.recovery.facts.Pod;
import io.nephio.recovery.facts.Workload;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Reason;
import io.nephio.recovery.judge.Scene;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands against deleting a pod: that none would follow, or that the next would fail alike.
 */
final class PodRules implements Rule {
  /** Controllers that make a new pod at once, and need no telling why. */
  private static final Set<String> REPLACING =
      Set.of("ReplicaSet", "StatefulSet", "ReplicationController");

  @Override
  public Optional<Objection> object(Scene scene, Incident incident, Act act) {
    Reason reason = incident.root().reason();
    if (!reason.ofPod()) {
      return Optional.empty();
    }
    if (act.action() != Action.DeletePod) {
      return configuration(incident);
    }
    Optional<Pod> pod = scene.pod(incident.root().object());
    return pod.flatMap(p -> owned(p))
        .or(
            () ->
                pod.filter(p -> blocksItsRollback(scene, p)).isPresent()
                    ? Optional.empty()
                    : configuration(incident).or(() -> left(scene, incident)));
  }

  private static Optional<Objection> owned(Pod pod) {
    if (pod.mirror()) {
      return Objection.never(
          "a mirror pod: the kubelet of Node " + pod.node() + " runs it from a file of its own");
    }
    if (pod.controller().isEmpty()) {
      return Objection.never("no controller owns this pod, so a deleted one would not come back");
    }
    Owner controller = pod.controller().get();
    if (controller.kind().equals("Job")) {
      return Objection.never(
          "the Job controller retries by itself; deleting the pod would lose its logs and may run"
              + " the Job again");
    }
    return REPLACING.contains(controller.kind())
        ? Optional.empty()
        : Objection.never(
            "its controller "
                + controller.kind()
                + " "
                + controller.name()
                + " is not known here, so what it does about a deleted pod is not either");
  }

  private static Optional<Objection> configuration(Incident incident) {
    List<Finding> pods = incident.findings().stream().filter(f -> f.reason().ofPod()).toList();
    Optional<Finding> config =
        pods.stream().filter(f -> f.reason() == Reason.PodConfigError).findFirst();
    if (config.isPresent()) {
      return Objection.never(
          config.get().message().replaceAll("; threshold .*", "")
              + ": a new pod would be configured alike; look at image, Secrets and ConfigMaps");
    }
    long nodes =
        pods.stream()
            .filter(f -> f.reason() == Reason.PodCrashLoop)
            .flatMap(f -> f.nodes().stream())
            .distinct()
            .count();
    return nodes > 1
        ? Objection.never(
            pods.size()
                + " pods of one revision crash on "
                + nodes
                + " Nodes, so it is neither the pod nor the Node: look at its logs, image and"
                + " configuration")
        : Optional.empty();
  }

  /** A failed pod whose place is taken again needs nothing. */
  private static Optional<Objection> left(Scene scene, Incident incident) {
    if (incident.root().reason() != Reason.PodFailed) {
      return Optional.empty();
    }
    Optional<Owner> owner = incident.root().owner();
    Optional<Workload> workload = owner.flatMap(scene::workload);
    if (workload.filter(w -> w.ready() >= w.desired()).isPresent()) {
      return Objection.never(
          "its place is taken: "
              + workload.get().ready()
              + " of "
              + workload.get().desired()
              + " pods of "
              + workload.get().ref()
              + " are ready; what is left may be removed by hand");
    }
    long failed =
        owner.stream()
            .flatMap(o -> scene.podsOf(o).stream())
            .filter(p -> p.phase().equals("Failed"))
            .count();
    return failed > 1
        ? Objection.never(
            failed
                + " pods of this owner failed one after the other, so a new one would too; look at"
                + " why they do")
        : Optional.empty();
  }

  /**
   * The one case in which deleting a badly configured pod heals: a StatefulSet waits for a pod of
   * the old revision to become ready before it goes on to the good one, which never happens.
   */
  private static boolean blocksItsRollback(Scene scene, Pod pod) {
    return pod.controller()
        .filter(c -> c.kind().equals("StatefulSet"))
        .flatMap(scene::workload)
        .filter(w -> !w.onDelete())
        .filter(w -> !w.revision().isEmpty() && !pod.revision().isEmpty())
        .filter(w -> !w.revision().equals(pod.revision()))
        .isPresent();
  }
}
