package io.nephio.recovery.clusters;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Optional;

/** A kind as an API server serves it, in the version that the server prefers. */
public final class ServedKind {
  private ServedKind() {}

  /**
   * Asks the server.
   *
   * @param group empty for the core group
   * @return empty if it is not served
   */
  public static Optional<ResourceDefinitionContext> discover(
      KubernetesClient client, String group, String kind) {
    return preferred(client, group).flatMap(version -> discover(client, group, version, kind));
  }

  private static Optional<String> preferred(KubernetesClient client, String group) {
    if (group.isEmpty()) {
      return Optional.of("v1");
    }
    APIGroup found = client.getApiGroup(group);
    return found == null || found.getPreferredVersion() == null
        ? Optional.empty()
        : Optional.of(found.getPreferredVersion().getVersion());
  }

  private static Optional<ResourceDefinitionContext> discover(
      KubernetesClient client, String group, String version, String kind) {
    APIResourceList list =
        client.getApiResources(group.isEmpty() ? version : group + "/" + version);
    return list == null
        ? Optional.empty()
        : list.getResources().stream()
            .filter(r -> r.getKind().equals(kind) && !r.getName().contains("/"))
            .findFirst()
            .map(r -> context(group, version, r));
  }

  private static ResourceDefinitionContext context(
      String group, String version, APIResource resource) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(resource.getKind())
        .withPlural(resource.getName())
        .withNamespaced(resource.getNamespaced())
        .build();
  }
}
