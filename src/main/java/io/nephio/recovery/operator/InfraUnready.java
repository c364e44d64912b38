package io.nephio.recovery.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nephio.recovery.api.ClusterPolicy;
import io.nephio.recovery.plan.ClusterState.State;
import io.nephio.recovery.plan.Plan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Section A1 of the recovery flow: the policy is annotated while infrastructure is not ready. */
final class InfraUnready {
  static final String CONDITION = "InfraUnready";
  private static final String ANNOTATION = "recovery.nephio.io/InfraUnready";

  private InfraUnready() {}

  /** As {@code namespace/name}, in order. */
  static List<String> clusters(Plan plan) {
    return plan.clusters().stream()
        .filter(c -> c.state() == State.InfraUnready)
        .map(c -> c.cluster().toString())
        .sorted()
        .toList();
  }

  /** Writes nothing when it says so already. */
  static void annotate(KubernetesClient client, ClusterPolicy policy, List<String> clusters) {
    String wanted = clusters.isEmpty() ? null : String.join(",", clusters);
    if (!String.valueOf(wanted).equals(String.valueOf(annotation(policy)))) {
      String value = wanted == null ? "null" : "\"" + wanted + "\"";
      client
          .resources(ClusterPolicy.class)
          .inNamespace(policy.getMetadata().getNamespace())
          .withName(policy.getMetadata().getName())
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"metadata\": {\"annotations\": {\"%s\": %s}}}".formatted(ANNOTATION, value));
    }
  }

  private static @Nullable String annotation(ClusterPolicy policy) {
    Map<String, String> annotations = policy.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(ANNOTATION);
  }
}
