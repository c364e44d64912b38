package io.nephio.recovery.plan;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Bounds;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Pod;
import io.nephio.recovery.facts.Workload;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Reason;
import io.nephio.recovery.judge.Scene;
import java.util.List;
import java.util.Optional;

/** What stands against restarting a rollout: that the same would happen again. */
final class WorkloadRules implements Rule {

  @Override
  public Optional<Objection> object(Scene scene, Incident incident, Act act) {
    if (act.action() != Action.RestartRollout) {
      return Optional.empty();
    }
    Optional<Workload> seen = incident.root().owner().flatMap(scene::workload);
    if (seen.isEmpty()) {
      return Objection.never("the workload was not looked at");
    }
    Workload workload = seen.get();
    if (workload.controller().isPresent()) {
      return Objection.never(
          workload.controller().get().kind()
              + " "
              + workload.controller().get().name()
              + " owns this workload and would undo the restart; look there");
    }
    if (workload.onDelete()) {
      return Objection.never("its update strategy is OnDelete: it waits for a person by design");
    }
    Optional<Condition> refused =
        workload.condition("ReplicaFailure").filter(c -> c.status() == Status.True);
    if (refused.isPresent()) {
      return Objection.never(
          "its pods are refused: " + refused.get().reason() + " " + refused.get().message());
    }
    return pods(scene, incident, workload);
  }

  private static Optional<Objection> pods(Scene scene, Incident incident, Workload workload) {
    if (!(scene.cluster().contents().pods() instanceof Known.Seen<?>)) {
      return Objection.never("its pods were not looked at, so why they are not ready is not known");
    }
    List<Pod> pods =
        scene.podsOf(workload.owner()).stream().filter(p -> !p.isReady() && !p.finished()).toList();
    if (pods.isEmpty()) {
      return Objection.never(
          "there is no pod that is not ready: nothing makes them; look at quota, admission and the"
              + " controller");
    }
    Optional<Condition> nowhere =
        pods.stream().flatMap(p -> p.unschedulable().stream()).findFirst();
    if (nowhere.isPresent()) {
      return Objection.never("no Node fits its pods: " + shortly(nowhere.get().message()));
    }
    return notStarting(incident, pods);
  }

  private static Optional<Objection> notStarting(Incident incident, List<Pod> pods) {
    Optional<Pod> starting =
        pods.stream().filter(p -> p.phase().equals("Pending") && !p.node().isEmpty()).findFirst();
    Optional<Finding> sick =
        incident.findings().stream()
            .filter(f -> f.reason().ofPod() && f.owner().equals(incident.root().owner()))
            .findFirst();
    if (sick.isEmpty() && starting.isPresent()) {
      return Objection.never(
          "its pod "
              + starting.get().ref().name()
              + " is scheduled and does not start: look at its volumes, Secrets, ConfigMaps and"
              + " events");
    }
    return incident.root().reason().ofPod()
        ? Optional.empty()
        : sick.flatMap(f -> crashing(incident, f));
  }

  /** The pod is judged by itself, unless it will never be cured by itself. */
  private static Optional<Objection> crashing(Incident incident, Finding sick) {
    boolean never =
        sick.reason() == Reason.PodConfigError
            || sick.nodes().size() > 1
            || several(incident)
            || daemon(sick);
    return never
        ? Objection.never(
            sick.message().replaceAll("; threshold .*", "") + ": a restart would not change that")
        : Objection.later("its pod " + sick.object().name() + " crashes; judged by itself");
  }

  private static boolean daemon(Finding finding) {
    return finding.owner().filter(o -> o.kind().equals("DaemonSet")).isPresent();
  }

  private static boolean several(Incident incident) {
    return incident.symptoms().stream()
            .filter(f -> f.reason().ofPod())
            .flatMap(f -> f.nodes().stream())
            .distinct()
            .count()
        > 1;
  }

  private static String shortly(String message) {
    return Bounds.cut(message, 200);
  }
}
