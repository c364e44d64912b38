package io.nephio.recovery.observe.live;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.observe.Tree;
import java.time.Duration;
import java.util.function.Function;

/**
 * All objects of one kind of one cluster, as facts, kept up to date by a watch.
 *
 * <p>Its informer is the client's own and never ends by itself: a kind that is not served or not
 * allowed yet, or a cluster that went away, is tried again with growing pauses of at most 32 s.
 */
final class Mirror<T> implements AutoCloseable {
  private static final long PAGE = 500;
  private static final Duration FIRST_LIST = Duration.ofSeconds(5);
  private static final Duration JUST_NOW = Duration.ofSeconds(2);

  private final FactStore<T> store;
  private final SharedIndexInformer<GenericKubernetesResource> informer;
  private final long began = System.nanoTime();
  private volatile boolean hasShown;

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
    if (!informer.hasSynced() || !informer.isWatching()) {
      return new Known.NotLooked<>();
    }
    hasShown = true;
    return new Known.Seen<>(store.all());
  }

  /**
   * Whether it has only just begun. For two seconds it has even if it shows everything: whoever
   * asks may have looked before it did.
   */
  boolean isBeginning() {
    Duration beginning = hasShown ? JUST_NOW : FIRST_LIST;
    return System.nanoTime() - began < beginning.toNanos();
  }

  @Override
  public void close() {
    informer.stop();
  }
}
