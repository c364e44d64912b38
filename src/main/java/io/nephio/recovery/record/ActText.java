package io.nephio.recovery.record;

import static io.nephio.recovery.record.Markdown.code;

import io.nephio.recovery.api.RemediationSpec;
import org.jspecify.annotations.Nullable;

/** What an act is in words, the same in title, body and commit. */
record ActText(String verb, String lead, String act, String undo, String counted, String done) {

  static ActText of(RemediationSpec spec) {
    return switch (spec.action()) {
      case ReplaceMachine, ReplaceNode -> replace(spec);
      case DrainNode -> drain();
      case DeletePod -> pod(spec);
      case RestartRollout -> restart(spec);
      case ReapplyCrd -> crd(spec);
      case None ->
          new ActText(
              "leave", "does nothing", "none", "not needed", "remediations", "done at once");
    };
  }

  private static ActText replace(RemediationSpec spec) {
    String node = spec.target().kind().equals("Node") ? "cordon the Node, then " : "";
    if (member(spec.owner())) {
      return new ActText(
          "replace",
          "replaces one control-plane Machine",
          "ask "
              + maker(spec)
              + " to replace this Machine by its own remediation, which keeps quorum",
          "none once the deletion has begun",
          "replacements",
          "the new Machine's Node has been Ready");
    }
    return new ActText(
        "replace",
        "replaces one worker Machine",
        node + "delete this Machine; " + maker(spec) + " makes a new one",
        "none once the deletion has begun",
        "replacements",
        "the new Machine's Node has been Ready");
  }

  private static ActText drain() {
    return new ActText(
        "drain",
        "drains one Node",
        "cordon the Node, then evict its pods as their PodDisruptionBudgets allow",
        "uncordon; pods do not move back by themselves",
        "drains",
        "the Node has been without pressure");
  }

  private static ActText pod(RemediationSpec spec) {
    return new ActText(
        "delete",
        "deletes one pod",
        "delete this pod; " + maker(spec) + " makes a new one",
        "none; the new pod takes its place",
        "deletions",
        "the new pod has been Ready");
  }

  private static ActText restart(RemediationSpec spec) {
    return new ActText(
        "restart",
        "restarts one rollout",
        spec.edit() == null
            ? "annotate the pod template, so that its pods are replaced one after the other"
            : "annotate the pod template, in the package and on the workload, so that its pods are"
                + " replaced one after the other",
        spec.edit() == null ? "none needed" : "revert; the pods are replaced once more",
        "restarts",
        "all its pods have been Ready");
  }

  private static ActText crd(RemediationSpec spec) {
    return new ActText(
        "reapply",
        "puts back one CustomResourceDefinition",
        spec.edit() == null
            ? "apply it as the package holds it"
            : "apply it as it stands in " + code(spec.edit().path()) + " at the merge commit",
        "none: its instances would go with it",
        "applications",
        "it has been Established");
  }

  static boolean member(RemediationSpec.@Nullable Owner owner) {
    return owner != null && owner.kind().endsWith("ControlPlane");
  }

  private static String maker(RemediationSpec spec) {
    return spec.owner() == null
        ? "its controller"
        : spec.owner().kind() + " " + code(spec.owner().name());
  }
}
