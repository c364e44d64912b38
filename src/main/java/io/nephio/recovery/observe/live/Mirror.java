package io.nephio.recovery.observe.live;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.observe.Tree;
import java.util.function.Function;

/**
 * All objects of one kind of one cluster, as facts, kept up to date by a watch.
 *
 * <p>Its informer is the client's own and never ends by itself: a kind that is not served or not
 * allowed yet, or a cluster that went away, is tried again with growing pauses of at most 32 s.
 */
final class Mirror<T> implements AutoCloseable {
  private static final long PAGE = 500;

  private final FactStore<T> store;
  private final SharedIndexInformer<GenericKubernetesResource> informer;

  Mirror(
      KubernetesClient client,
      ResourceDefinitionContext kind,
      Function<Tree, T> reading,
      Runnable changed) {
    store = new FactStore<>(object -> reading.apply(Trees.of(client, object)), changed);
    var resources = client.genericKubernetesResources(kind);
    informer =
        (kind.isNamespaceScoped()
                ? resources.inAnyNamespace().withLimit(PAGE)
                : resources.withLimit(PAGE))
            .runnableInformer(0);
    informer.removeNamespaceIndex().itemStore(store);
    informer.exceptionHandler((started, error) -> true);
    var unused = informer.start();
  }

  /** What is not being watched at this moment proves nothing. */
  Known<T> known() {
    return informer.hasSynced() && informer.isWatching()
        ? new Known.Seen<>(store.all())
        : new Known.NotLooked<>();
  }

  @Override
  public void close() {
    informer.stop();
  }
}
