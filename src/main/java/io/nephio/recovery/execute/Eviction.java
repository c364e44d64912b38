package io.nephio.recovery.execute;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nephio.recovery.clusters.Trouble;

/**
 * One pod asked to go through the subresource that respects PodDisruptionBudgets. A refusal comes
 * back as it is and at once: a client that repeats it would hold the thread for seconds and hide
 * that a budget stands in the way.
 */
record Eviction(KubernetesClient workload) {

  /** Whether the API server would take it now; nothing is changed. */
  Outcome ask(Pod pod) {
    return post(pod, true);
  }

  /** The very pod that was read; another one of its name is left alone. */
  Outcome evict(Pod pod) {
    return post(pod, false);
  }

  private Outcome post(Pod pod, boolean dryRun) {
    String namespace = pod.getMetadata().getNamespace();
    String name = pod.getMetadata().getName();
    var eviction =
        new EvictionBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .endMetadata()
            .withDeleteOptions(
                new DeleteOptionsBuilder()
                    .withNewPreconditions()
                    .withUid(pod.getMetadata().getUid())
                    .endPreconditions()
                    .build())
            .build();
    String path = "/api/v1/namespaces/" + namespace + "/pods/" + name + "/eviction";
    try {
      workload.raw(dryRun ? path + "?dryRun=All" : path, "POST", eviction);
      return new Outcome.Done();
    } catch (KubernetesClientException e) {
      return e.getCode() == Refusal.TOO_MANY_REQUESTS
          ? new Outcome.Safe(budget(e))
          : Refusal.of(e, "the pod", "the eviction");
    }
  }

  private static String budget(KubernetesClientException e) {
    boolean told =
        e.getStatus() != null
            && e.getStatus().getDetails() != null
            && !e.getStatus().getDetails().getCauses().isEmpty();
    return "refused by its PodDisruptionBudget: "
        + (told ? e.getStatus().getDetails().getCauses().get(0).getMessage() : Trouble.text(e));
  }
}
