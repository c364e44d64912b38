package io.nephio.recovery.execute;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nephio.recovery.clusters.ServedGroup;
import java.util.List;

/** What a cluster serves, in the version that it prefers. */
record Served(KubernetesClient client) implements Engine.Kinds {

  @Override
  public List<GenericKubernetesResource> list(String group, String kind) {
    return ServedGroup.discover(client, group)
        .flatMap(served -> served.kind(kind))
        .map(c -> client.genericKubernetesResources(c).inAnyNamespace().list().getItems())
        .orElse(List.of());
  }
}
