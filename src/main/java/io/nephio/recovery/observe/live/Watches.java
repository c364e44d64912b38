package io.nephio.recovery.observe.live;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.nephio.recovery.clusters.ServedGroup;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.observe.Source;
import io.nephio.recovery.observe.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The watches on one API server, one for each kind that was asked for, in the version the server
 * prefers. A kind that is not served is not looked at; whether it has come is asked now and then. A
 * server that does not answer has not said that it is not served.
 */
final class Watches implements AutoCloseable {
  /** They change all the time, and by themselves mean nothing. */
  private static final Set<String> QUIET = Set.of("Lease.coordination.k8s.io");

  private static final Duration ABSENT_FOR = Duration.ofSeconds(10);

  /** Whoever looks for the first time asks for many kinds of few groups. */
  private static final Duration ONE_LOOK = Duration.ofSeconds(1);

  private final KubernetesClient client;
  private final Runnable changed;
  private final Map<String, Mirror<?>> mirrors = new HashMap<>();
  private final Map<String, Instant> absent = new HashMap<>();
  private final Set<String> unanswered = new HashSet<>();
  private final Map<String, Answer> groups = new HashMap<>();

  private record Answer(Optional<ServedGroup> group, Instant at) {}

  Watches(KubernetesClient client, Runnable changed) {
    this.client = client;
    this.changed = changed;
  }

  boolean on(KubernetesClient asked) {
    return client == asked;
  }

  /** What is watched, as of this instant. */
  Source at(Instant at) {
    return new Source() {
      @Override
      public <T> Known<T> known(String group, String kind, Function<Tree, T> reading) {
        return Watches.this.known(group, kind, reading, at);
      }

      @Override
      public boolean serves(String group, String kind) {
        return Watches.this.serves(group, kind);
      }
    };
  }

  /** A kind's reading is always the same, so that its facts are of one type. */
  @SuppressWarnings("unchecked")
  private synchronized <T> Known<T> known(
      String group, String kind, Function<Tree, T> reading, Instant at) {
    String key = kind + "." + group;
    groups.values().removeIf(answer -> !at.isBefore(answer.at().plus(ONE_LOOK)));
    Mirror<T> mirror = (Mirror<T>) mirrors.get(key);
    if (mirror == null && due(key, at)) {
      Optional<ResourceDefinitionContext> served = served(group, kind, at);
      if (served.isEmpty()) {
        absent.put(key, at);
        return new Known.NotLooked<>();
      }
      mirror =
          new Mirror<>(client, served.get(), reading, QUIET.contains(key) ? () -> {} : changed);
      mirrors.put(key, mirror);
    }
    return mirror == null ? new Known.NotLooked<>() : mirror.known();
  }

  private synchronized boolean serves(String group, String kind) {
    String key = kind + "." + group;
    return mirrors.containsKey(key) || unanswered.contains(key);
  }

  synchronized boolean isBeginning() {
    return mirrors.values().stream().anyMatch(Mirror::isBeginning);
  }

  private boolean due(String key, Instant at) {
    Instant asked = absent.get(key);
    Duration pause = unanswered.contains(key) ? ONE_LOOK : ABSENT_FOR;
    return asked == null || !at.isBefore(asked.plus(pause));
  }

  private Optional<ResourceDefinitionContext> served(String group, String kind, Instant at) {
    String key = kind + "." + group;
    try {
      unanswered.remove(key);
      return groups
          .computeIfAbsent(group, g -> new Answer(ServedGroup.discover(client, g), at))
          .group()
          .flatMap(served -> served.kind(kind));
    } catch (KubernetesClientException e) {
      unanswered.add(key);
      return Optional.empty();
    }
  }

  @Override
  public synchronized void close() {
    mirrors.values().forEach(Mirror::close);
    mirrors.clear();
  }
}
