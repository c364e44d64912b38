package io.nephio.recovery.observe.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.nephio.recovery.observe.ContentsReading;
import io.nephio.recovery.observe.Reading;
import io.nephio.recovery.observe.Tree;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** What a watched object costs in memory, beside what the client's own store costs for the same. */
class StoreBenchmark {
  private static final int COUNT = Integer.getInteger("benchmark.objects", 5_000);
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  @Test
  void aPodCostsAtMostTwoThousandBytes() throws IOException {
    compare("pod", ContentsReading::pod, Pod.class, 2_000);
  }

  @Test
  void aNodeCostsAtMostFourThousandBytes() throws IOException {
    compare("node", Reading::node, Node.class, 4_000);
  }

  private static void compare(
      String name, Function<Tree, ?> reading, Class<? extends HasMetadata> type, long most)
      throws IOException {
    String text = Files.readString(Path.of("src/test/resources/benchmark/" + name + ".json"));
    long slim = slim(text, reading);
    long whole = whole(text, type);
    System.out.println(name + ": " + slim + " bytes, " + whole + " in the client's own store");
    assertThat(slim).isLessThanOrEqualTo(most);
    assertThat(whole).isGreaterThanOrEqualTo(15 * slim);
  }

  private static <T> long slim(String text, Function<Tree, T> reading) {
    FactStore<T> store =
        new FactStore<>(
            object ->
                reading.apply(Tree.of(SERIALIZATION.convertValue(object, Map.class)).orElseThrow()),
            () -> {});
    return perObject(
        store,
        i -> {
          var object = SERIALIZATION.unmarshal(numbered(text, i), GenericKubernetesResource.class);
          store.put(store.getKey(object), object);
        });
  }

  private static <T extends HasMetadata> long whole(String text, Class<T> type) {
    BasicItemStore<T> store = new BasicItemStore<>(Cache::metaNamespaceKeyFunc);
    return perObject(
        store,
        i -> {
          T object = SERIALIZATION.unmarshal(numbered(text, i), type);
          store.put(store.getKey(object), object);
        });
  }

  /** Every object has its own name, uid and owner, as in a cluster. */
  private static String numbered(String text, int i) {
    return text.replace("00000", "%05d".formatted(i)).replace("OWNER", "%04d".formatted(i / 10));
  }

  private static long perObject(Object kept, IntConsumer put) {
    try {
      for (int i = 0; i < 100; i++) {
        put.accept(i);
      }
      long before = used();
      for (int i = 100; i < COUNT; i++) {
        put.accept(i);
      }
      return (used() - before) / (COUNT - 100);
    } finally {
      Reference.reachabilityFence(kept);
    }
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
