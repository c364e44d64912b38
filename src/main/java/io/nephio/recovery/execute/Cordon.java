package io.nephio.recovery.execute;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nephio.recovery.clusters.Trouble;
import java.util.Map;
import java.util.Optional;

/**
 * A Node taken out of scheduling, marked as ours. What a person cordoned is never undone, and
 * neither is a cordon whose mark a person took away.
 */
record Cordon(KubernetesClient workload, String node) {
  private static final String MARK = "recovery.nephio.io/cordoned-by";
  private static final int NOT_FOUND = 404;

  /** Why it could not be set, if so; a Node that is gone needs none. */
  Optional<String> set(String remediation) {
    try {
      Node found = workload.nodes().withName(node).get();
      if (found != null && !Boolean.TRUE.equals(found.getSpec().getUnschedulable())) {
        patch(found, "\"" + remediation + "\"", "true");
      }
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return e.getCode() == NOT_FOUND ? Optional.empty() : Optional.of(Trouble.text(e));
    }
  }

  /** Why it could not be lifted, if so; only one that this remediation set is. */
  Optional<String> undo(String remediation) {
    try {
      Node found = workload.nodes().withName(node).get();
      if (found != null && remediation.equals(mark(found))) {
        patch(found, "null", "null");
      }
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return e.getCode() == NOT_FOUND ? Optional.empty() : Optional.of(Trouble.text(e));
    }
  }

  private static String mark(Node node) {
    Map<String, String> annotations = node.getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(MARK, "");
  }

  /** Only if nobody has written the Node since it was read. */
  private void patch(Node read, String mark, String unschedulable) {
    String change =
        """
        {"metadata": {"resourceVersion": "%s", "annotations": {"%s": %s}},
         "spec": {"unschedulable": %s}}
        """
            .formatted(read.getMetadata().getResourceVersion(), MARK, mark, unschedulable);
    workload.nodes().withName(node).patch(PatchContext.of(PatchType.JSON_MERGE), change);
  }
}
