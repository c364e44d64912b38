package io.nephio.recovery.clusters;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Optional;

/** Cluster API as the management cluster serves it; its version is the server's choice. */
public record ClusterApiVersion(String version) {
  public static final String GROUP = "cluster.x-k8s.io";

  /** Empty while Cluster API is not installed. */
  public static Optional<ClusterApiVersion> discover(KubernetesClient management) {
    APIGroup group = management.getApiGroup(GROUP);
    return group == null || group.getPreferredVersion() == null
        ? Optional.empty()
        : Optional.of(new ClusterApiVersion(group.getPreferredVersion().getVersion()));
  }

  public ResourceDefinitionContext clusters() {
    return kind("Cluster", "clusters");
  }

  public ResourceDefinitionContext machines() {
    return kind("Machine", "machines");
  }

  public ResourceDefinitionContext healthChecks() {
    return kind("MachineHealthCheck", "machinehealthchecks");
  }

  /** Path of one Machine at the API server. */
  public String machine(String namespace, String name) {
    return "/apis/" + GROUP + "/" + version + "/namespaces/" + namespace + "/machines/" + name;
  }

  private ResourceDefinitionContext kind(String kind, String plural) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(GROUP)
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }
}
