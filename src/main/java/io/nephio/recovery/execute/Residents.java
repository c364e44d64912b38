package io.nephio.recovery.execute;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The pods on a Node that is drained, as {@code kubectl drain} sorts them: those of DaemonSets and
 * mirror pods stay, finished ones go. A pod that no controller makes anew is not moved but lost.
 */
record Residents(KubernetesClient workload, String node) {
  private static final String MIRROR = "kubernetes.io/config.mirror";

  /** What is to leave, or is leaving. */
  List<Pod> movable() {
    return workload
        .pods()
        .inAnyNamespace()
        .withField("spec.nodeName", node)
        .list()
        .getItems()
        .stream()
        .filter(
            p ->
                p.getMetadata().getAnnotations() == null
                    || !p.getMetadata().getAnnotations().containsKey(MIRROR))
        .filter(p -> controller(p).filter(c -> c.getKind().equals("DaemonSet")).isEmpty())
        .toList();
  }

  static Optional<Pod> lost(List<Pod> pods) {
    return pods.stream()
        .filter(p -> controller(p).isEmpty() && !isFinished(p) && !isLeaving(p))
        .findFirst();
  }

  /**
   * Those that may be asked to go now: of a controller's ready pods one at a time, and never the
   * last.
   */
  List<Pod> next(List<Pod> pods) {
    Set<String> asked = new HashSet<>();
    return pods.stream()
        .filter(p -> !isLeaving(p))
        .filter(
            p ->
                isFinished(p)
                    || !isReady(p)
                    || (asked.add(controller(p).map(OwnerReference::getUid).orElse(""))
                        && isOneOfMany(p)))
        .toList();
  }

  private boolean isOneOfMany(Pod pod) {
    return workload.pods().inNamespace(pod.getMetadata().getNamespace()).list().getItems().stream()
        .anyMatch(
            other ->
                !other.getMetadata().getUid().equals(pod.getMetadata().getUid())
                    && controller(other).equals(controller(pod))
                    && isReady(other)
                    && !isLeaving(other));
  }

  static Optional<OwnerReference> controller(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(o -> Boolean.TRUE.equals(o.getController()))
        .findFirst();
  }

  static boolean isLeaving(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  private static boolean isFinished(Pod pod) {
    String phase = pod.getStatus().getPhase();
    return "Succeeded".equals(phase) || "Failed".equals(phase);
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }
}
