package io.nephio.recovery.clusters;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Optional;

/**
 * The kinds of a group as an API server serves them, in the version that the server prefers.
 *
 * @param group empty for the core group
 */
public record ServedGroup(String group, String version, List<APIResource> resources) {

  /** Asks the server; empty if it does not serve the group. */
  public static Optional<ServedGroup> discover(KubernetesClient client, String group) {
    return preferred(client, group)
        .flatMap(
            version -> {
              APIResourceList list =
                  client.getApiResources(group.isEmpty() ? version : group + "/" + version);
              return list == null
                  ? Optional.empty()
                  : Optional.of(new ServedGroup(group, version, list.getResources()));
            });
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

  /** Empty if it is not served. */
  public Optional<ResourceDefinitionContext> kind(String kind) {
    return resources.stream()
        .filter(r -> r.getKind().equals(kind) && !r.getName().contains("/"))
        .findFirst()
        .map(
            r ->
                new ResourceDefinitionContext.Builder()
                    .withGroup(group)
                    .withVersion(version)
                    .withKind(r.getKind())
                    .withPlural(r.getName())
                    .withNamespaced(r.getNamespaced())
                    .build());
  }
}
