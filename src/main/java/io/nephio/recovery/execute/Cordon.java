package io.nephio.recovery.execute;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nephio.recovery.clusters.Trouble;
import io.nephio.recovery.plan.LedgerEntry;
import java.util.Map;
import java.util.Optional;

/**
 * A Node taken out of scheduling, marked as ours. What a person cordoned is never undone, and
 * neither is a cordon whose mark a person took away; where a person has uncordoned what we
 * cordoned, it stays so.
 */
record Cordon(KubernetesClient workload, String node) {
  static final String LIFTED = "a person has uncordoned the Node";
  private static final String MARK = "recovery.nephio.io/cordoned-by";

  /** Why it could not be set, if so; a Node that is gone needs none. */
  Optional<String> set(String remediation) {
    try {
      Node found = workload.nodes().withName(node).get();
      if (found != null && isLifted(found, remediation)) {
        return Optional.of(LIFTED);
      }
      if (found != null && !isCordoned(found)) {
        patch(found, "\"" + remediation + "\"", "true");
      }
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return e.getCode() == Refusal.NOT_FOUND ? Optional.empty() : Optional.of(Trouble.text(e));
    }
  }

  /** Why it could not be lifted, if so; only one that this remediation set is. */
  Optional<String> undo(String remediation) {
    try {
      Node found = workload.nodes().withName(node).get();
      if (found != null && isMarked(found, remediation)) {
        patch(found, "null", "null");
      }
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return e.getCode() == Refusal.NOT_FOUND ? Optional.empty() : Optional.of(Trouble.text(e));
    }
  }

  /** The same where the cluster may be out of reach; one that is not ours holds none of ours. */
  static Optional<String> lift(Site site, LedgerEntry entry) {
    if (site instanceof Site.Shut shut && shut.elsewhere()) {
      return Optional.empty();
    }
    return site.map(
            client -> new Cordon(client, entry.spec().target().name()).undo(entry.name()),
            Optional::of)
        .map(text -> "the Node cannot be uncordoned: " + text);
  }

  static boolean isCordoned(Node node) {
    return Boolean.TRUE.equals(node.getSpec().getUnschedulable());
  }

  static boolean isMarked(Node node, String remediation) {
    Map<String, String> annotations = node.getMetadata().getAnnotations();
    return annotations != null && remediation.equals(annotations.get(MARK));
  }

  /** {@code kubectl uncordon} leaves annotations as they are. */
  static boolean isLifted(Node node, String remediation) {
    return isMarked(node, remediation) && !isCordoned(node);
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
