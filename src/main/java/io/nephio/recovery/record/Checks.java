package io.nephio.recovery.record;

import static io.nephio.recovery.record.Markdown.code;
import static io.nephio.recovery.record.Markdown.row;
import static io.nephio.recovery.record.Markdown.sentence;

import io.nephio.recovery.api.RemediationSpec;

/** What the rules asked before an act was proposed; each row is one that would have stopped it. */
final class Checks {
  private Checks() {}

  static String text(RemediationSpec spec) {
    return "### Checked before proposing\n"
        + "| check | result |\n|---|---|\n"
        + row("The rules", sentence(spec.why()))
        + rows(spec)
        + "\n";
  }

  private static String rows(RemediationSpec spec) {
    return switch (spec.action()) {
      case ReplaceMachine, ReplaceNode ->
          row("Machine paused, skipped or being deleted", "no")
              + row("MachineHealthCheck, rollout or autoscaler at it", "none seen")
              + row("Control plane quorum", quorum(spec));
      case DrainNode ->
          row("Pods that may not move, or no other Node to take them", "none seen")
              + row("PodDisruptionBudgets", "respected: pods are evicted, never deleted");
      case DeletePod ->
          row("Protected namespace", "no")
              + row("Error of image, configuration or secrets", "none seen")
              + row("A controller makes a new pod", "yes");
      case RestartRollout ->
          row("Protected namespace", "no")
              + row("Workload paused, OnDelete or owned by another controller", "no")
              + row("Error of image, configuration, volumes or scheduling", "none seen");
      case ReapplyCrd ->
          row("Being deleted, or its names taken by another", "no")
              + row("Manifest", spec.edit() == null ? "unknown" : code(spec.edit().path()));
      case None -> "";
    };
  }

  private static String quorum(RemediationSpec spec) {
    return ActText.member(spec.owner())
        ? "kept, as projected; KubeadmControlPlane decides"
        : "not touched (worker)";
  }
}
