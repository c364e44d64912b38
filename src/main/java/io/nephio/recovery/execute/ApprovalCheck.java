package io.nephio.recovery.execute;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.nephio.recovery.clusters.ClusterApiVersion;
import io.nephio.recovery.plan.LedgerEntry;
import java.util.Map;

/**
 * A MachineHealthCheck that finds nothing unhealthy by itself and selects only the one Machine that
 * carries this remediation's label. Only through one does Cluster API heed {@code
 * cluster.x-k8s.io/remediate-machine}.
 */
record ApprovalCheck(KubernetesClient management, ClusterApiVersion version, LedgerEntry entry) {
  static final String LABEL = "recovery.nephio.io/approved";

  /** There once, however often it is made. */
  void create() {
    try {
      resource(
              new GenericKubernetesResourceBuilder(object())
                  .addToAdditionalProperties("spec", spec())
                  .build())
          .create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != Refusal.CONFLICT) {
        throw e;
      }
    }
  }

  void delete() {
    resource(object()).delete();
  }

  private Resource<GenericKubernetesResource> resource(GenericKubernetesResource object) {
    return management
        .genericKubernetesResources(version.healthChecks())
        .inNamespace(entry.spec().cluster().namespace())
        .resource(object);
  }

  private GenericKubernetesResource object() {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(ClusterApiVersion.GROUP + "/" + version.version())
        .withKind("MachineHealthCheck")
        .withNewMetadata()
        .withNamespace(entry.spec().cluster().namespace())
        .withName(entry.name())
        .addToLabels("cluster.x-k8s.io/cluster-name", entry.spec().cluster().name())
        .endMetadata()
        .build();
  }

  /** Without a word about it, a Machine that has no Node for ten minutes would count as sick. */
  private Map<String, Object> spec() {
    boolean old = version.version().equals("v1beta1");
    return Map.of(
        "clusterName",
        entry.spec().cluster().name(),
        "selector",
        Map.of("matchLabels", Map.of(LABEL, entry.name())),
        old ? "nodeStartupTimeout" : "checks",
        old ? "0s" : Map.of("nodeStartupTimeoutSeconds", 0));
  }
}
