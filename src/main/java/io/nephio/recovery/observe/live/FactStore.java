package io.nephio.recovery.observe.live;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an informer keeps of its objects: the facts, and no more of the object than the informer
 * itself asks for. A hundred thousand whole pods would not fit.
 */
final class FactStore<T> implements ItemStore<GenericKubernetesResource> {
  private final Function<GenericKubernetesResource, T> reading;
  private final Runnable changed;
  private final Map<String, Fact<T>> facts = new ConcurrentHashMap<>();

  private record Fact<T>(@Nullable String namespace, String name, String version, T value) {

    GenericKubernetesResource stub() {
      ObjectMeta metadata = new ObjectMeta();
      metadata.setNamespace(namespace);
      metadata.setName(name);
      metadata.setResourceVersion(version);
      GenericKubernetesResource stub = new GenericKubernetesResource();
      stub.setMetadata(metadata);
      return stub;
    }
  }

  /**
   * An empty one.
   *
   * @param changed called when a fact has changed, which a mere heartbeat does not
   */
  FactStore(Function<GenericKubernetesResource, T> reading, Runnable changed) {
    this.reading = reading;
    this.changed = changed;
  }

  List<T> all() {
    List<T> all = new ArrayList<>();
    facts.values().forEach(fact -> all.add(fact.value()));
    return all;
  }

  @Override
  public String getKey(GenericKubernetesResource object) {
    return Cache.metaNamespaceKeyFunc(object);
  }

  @Override
  public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource object) {
    ObjectMeta metadata = object.getMetadata();
    T value = reading.apply(object);
    Fact<T> old =
        facts.put(
            key,
            new Fact<>(
                metadata.getNamespace(), metadata.getName(), metadata.getResourceVersion(), value));
    if (old == null || !old.value().equals(value)) {
      changed.run();
    }
    return old == null ? null : old.stub();
  }

  @Override
  public @Nullable GenericKubernetesResource remove(String key) {
    Fact<T> old = facts.remove(key);
    if (old == null) {
      return null;
    }
    changed.run();
    return old.stub();
  }

  @Override
  public @Nullable GenericKubernetesResource get(String key) {
    Fact<T> fact = facts.get(key);
    return fact == null ? null : fact.stub();
  }

  @Override
  public Stream<String> keySet() {
    return facts.keySet().stream();
  }

  @Override
  public Stream<GenericKubernetesResource> values() {
    return facts.values().stream().map(Fact::stub);
  }

  @Override
  public int size() {
    return facts.size();
  }

  @Override
  public boolean isFullState() {
    return false;
  }
}
