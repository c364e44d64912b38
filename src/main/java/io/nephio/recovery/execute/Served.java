package io.nephio.recovery.execute;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Optional;

/** What a cluster serves, in the version that it prefers. */
record Served(KubernetesClient client) implements Engine.Kinds {

  @Override
  public List<GenericKubernetesResource> list(String group, String kind) {
    return context(group, kind)
        .map(c -> client.genericKubernetesResources(c).inAnyNamespace().list().getItems())
        .orElse(List.of());
  }

  private Optional<ResourceDefinitionContext> context(String group, String kind) {
    APIGroup found = client.getApiGroup(group);
    if (found == null || found.getPreferredVersion() == null) {
      return Optional.empty();
    }
    String version = found.getPreferredVersion().getVersion();
    APIResourceList list = client.getApiResources(group + "/" + version);
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
