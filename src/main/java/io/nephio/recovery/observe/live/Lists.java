package io.nephio.recovery.observe.live;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.observe.Source;
import io.nephio.recovery.observe.Tree;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** What one namespace holds, asked of the API server and not of a cache. */
record Lists(KubernetesClient client, String namespace) implements Source {
  private static final Set<String> GROUPS = Set.of("", "apps", "batch", "policy");
  private static final Set<String> NOT_IN_NAMESPACES = Set.of("Node");

  /** These kinds have been v1 and named alike in every Kubernetes for years. */
  @Override
  public <T> Known<T> known(String group, String kind, Function<Tree, T> reading) {
    if (!GROUPS.contains(group) || NOT_IN_NAMESPACES.contains(kind)) {
      return new Known.NotLooked<>();
    }
    var context =
        new ResourceDefinitionContext.Builder()
            .withGroup(group)
            .withVersion("v1")
            .withKind(kind)
            .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
            .withNamespaced(true)
            .build();
    return new Known.Seen<>(
        client.genericKubernetesResources(context).inNamespace(namespace).list().getItems().stream()
            .map(object -> reading.apply(Trees.of(client, object)))
            .toList());
  }
}
