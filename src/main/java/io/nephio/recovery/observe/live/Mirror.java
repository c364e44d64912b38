package io.nephio.recovery.observe.live;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.observe.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * All objects of one kind of one cluster, as facts, kept up to date by a watch.
 *
 * <p>Its informer is the client's own and never ends by itself: a kind that is not served yet, or a
 * cluster that went away, is tried again with growing pauses of at most 32 s.
 */
final class Mirror<T> implements AutoCloseable {
  private final KubernetesClient client;
  private final Function<Tree, T> reading;
  private final SharedIndexInformer<GenericKubernetesResource> informer;
  private final Map<String, Fact<T>> facts = new ConcurrentHashMap<>();

  private record Fact<T>(String version, T value) {}

  Mirror(
      KubernetesClient client,
      ResourceDefinitionContext kind,
      Function<Tree, T> reading,
      Runnable changed) {
    this.client = client;
    this.reading = reading;
    informer =
        (kind.isNamespaceScoped()
                ? client.genericKubernetesResources(kind).inAnyNamespace()
                : client.genericKubernetesResources(kind))
            .runnableInformer(0);
    informer.exceptionHandler((started, error) -> true);
    informer.addEventHandler(new Wake(changed));
    var unused = informer.start();
  }

  /** What is not being watched at this moment proves nothing. */
  Known<T> known() {
    if (!informer.hasSynced() || !informer.isWatching()) {
      return new Known.NotLooked<>();
    }
    List<GenericKubernetesResource> items = informer.getStore().list();
    List<T> known = new ArrayList<>();
    for (GenericKubernetesResource item : items) {
      known.add(fact(item));
    }
    if (facts.size() > items.size()) {
      facts.keySet().retainAll(items.stream().map(Cache::metaNamespaceKeyFunc).toList());
    }
    return new Known.Seen<>(known);
  }

  private T fact(GenericKubernetesResource item) {
    String version = item.getMetadata().getResourceVersion();
    return facts
        .compute(
            Cache.metaNamespaceKeyFunc(item),
            (key, old) ->
                old != null && old.version().equals(version)
                    ? old
                    : new Fact<>(version, reading.apply(Trees.of(client, item))))
        .value();
  }

  @Override
  public void close() {
    informer.stop();
  }

  /** Wakes only for what changes a fact; heartbeats do not. */
  private final class Wake implements ResourceEventHandler<GenericKubernetesResource> {
    private final Runnable changed;

    Wake(Runnable changed) {
      this.changed = changed;
    }

    @Override
    public void onAdd(GenericKubernetesResource added) {
      changed.run();
    }

    @Override
    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
      T old = reading.apply(Trees.of(client, before));
      if (!old.equals(reading.apply(Trees.of(client, after)))) {
        changed.run();
      }
    }

    @Override
    public void onDelete(GenericKubernetesResource deleted, boolean stateUnknown) {
      changed.run();
    }
  }
}
