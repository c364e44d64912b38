package io.nephio.recovery.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nephio.recovery.clusters.Trouble;
import io.nephio.recovery.judge.Memory;
import io.nephio.recovery.plan.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is remembered for each policy, from one pass to the next and from one process to the next:
 * in a ConfigMap that is read before the first pass, and written no more often than the policy's
 * {@code longInterval} and at a regular end.
 *
 * <p>A failure to read or write it is told and costs only what time alone could tell.
 */
final class Memories {
  private static final Logger LOG = LoggerFactory.getLogger(Memories.class);
  private static final int FORBIDDEN = 403;
  private static final int CONFLICT = 409;
  private static final String KEY = "memory.json";
  private static final String NAME = "recovery-memory-";
  private static final Map<String, String> OURS =
      Map.of("app.kubernetes.io/name", "recovery-operator");

  private final KubernetesClient management;
  private final String namespace;
  private final Map<String, Kept> memories = new ConcurrentHashMap<>();

  Memories(KubernetesClient management, String namespace) {
    this.management = management;
    this.namespace = namespace;
  }

  /** What is known of one policy, and what of it is in the API server. */
  private record Kept(Policy policy, Memory memory, Instant tried, boolean stored, boolean same) {
    String name() {
      return NAME + policy.uid();
    }
  }

  /** What the last pass left, whichever process made it. */
  Memory of(Policy policy, Instant at) {
    return memories.computeIfAbsent(policy.uid(), uid -> load(policy, at)).memory();
  }

  private Kept load(Policy policy, Instant at) {
    Kept fresh = new Kept(policy, Memory.EMPTY, Instant.EPOCH, false, true);
    try {
      ConfigMap found = management.configMaps().inNamespace(namespace).withName(fresh.name()).get();
      return found == null ? fresh : new Kept(policy, read(found, policy, at), at, true, true);
    } catch (KubernetesClientException e) {
      if (e.getCode() != FORBIDDEN) {
        throw e;
      }
      LOG.warn("what was remembered for {} cannot be read: {}", policy, Trouble.text(e));
      return fresh;
    }
  }

  private Memory read(ConfigMap found, Policy policy, Instant at) {
    try {
      Map<String, String> data = found.getData();
      String text = data == null ? null : data.get(KEY);
      if (text == null) {
        throw new MemoryText.Unreadable("it holds no " + KEY);
      }
      return MemoryText.read(text, at);
    } catch (MemoryText.Unreadable e) {
      LOG.warn(
          "what was remembered for {} is forgotten: ConfigMap {}/{}: {}",
          policy,
          namespace,
          found.getMetadata().getName(),
          e.getMessage());
      return Memory.EMPTY;
    }
  }

  /** For the next pass; written when it is time. */
  void keep(Policy policy, Memory memory, Instant at) {
    Kept before = memories.computeIfAbsent(policy.uid(), uid -> load(policy, at));
    Kept kept = new Kept(policy, memory, before.tried(), before.stored(), false);
    Duration pace = policy.spec().longInterval().duration();
    memories.put(policy.uid(), at.isBefore(kept.tried().plus(pace)) ? kept : write(kept, at));
  }

  /** At a regular end, while this process still leads. */
  void writeAll(Instant at) {
    memories.replaceAll((uid, kept) -> kept.same() ? kept : write(kept, at));
  }

  /**
   * Forgets the policies that are no more. The policies are read last, so that what is kept for a
   * new one is never without it.
   */
  void prune() {
    try {
      List<ConfigMap> found =
          management.configMaps().inNamespace(namespace).withLabels(OURS).list().getItems();
      Set<String> living =
          Policies.read(management).all().stream().map(Policy::uid).collect(Collectors.toSet());
      memories.keySet().retainAll(living);
      found.stream()
          .filter(map -> map.getMetadata().getName().startsWith(NAME))
          .filter(map -> !living.contains(map.getMetadata().getName().substring(NAME.length())))
          .forEach(map -> management.resource(map).delete());
    } catch (KubernetesClientException e) {
      LOG.warn("what is remembered of policies that are gone stays: {}", Trouble.text(e));
    }
  }

  private Kept write(Kept kept, Instant at) {
    boolean stored = kept.stored();
    boolean same = false;
    try {
      ConfigMap written = configMap(kept);
      if (stored) {
        management.resource(written).forceConflicts().serverSideApply();
      } else {
        management.resource(written).create();
      }
      stored = true;
      same = true;
    } catch (KubernetesClientException e) {
      stored |= e.getCode() == CONFLICT;
      LOG.warn("what is remembered for {} is not written: {}", kept.policy(), Trouble.text(e));
    }
    return new Kept(kept.policy(), kept.memory(), at, stored, same);
  }

  private ConfigMap configMap(Kept kept) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(kept.name())
        .addToLabels(OURS)
        .addToAnnotations("recovery.nephio.io/policy", kept.policy().toString())
        .endMetadata()
        .addToData(KEY, MemoryText.write(kept.memory()))
        .build();
  }
}
