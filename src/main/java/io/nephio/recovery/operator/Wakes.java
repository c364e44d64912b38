package io.nephio.recovery.operator;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.nephio.recovery.api.ClusterPolicy;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Wakes every policy soon after something changed, once for a burst of changes. Where something
 * changes all the time it is once a second: what a threshold is waiting for has its own alarm.
 */
final class Wakes implements AutoCloseable {
  private static final Duration BURST = Duration.ofMillis(50);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final SimpleInboundEventSource<ClusterPolicy> source =
      new SimpleInboundEventSource<>("changes");
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "wakes");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicBoolean pending = new AtomicBoolean();
  private volatile long last = System.nanoTime() - PAUSE.toNanos();
  private volatile @Nullable IndexerResourceCache<ClusterPolicy> policies;

  SimpleInboundEventSource<ClusterPolicy> source(IndexerResourceCache<ClusterPolicy> cache) {
    policies = cache;
    return source;
  }

  void wake() {
    if (!timer.isShutdown() && pending.compareAndSet(false, true)) {
      long rest = PAUSE.toNanos() - (System.nanoTime() - last);
      var unused =
          timer.schedule(this::propagate, Math.max(BURST.toNanos(), rest), TimeUnit.NANOSECONDS);
    }
  }

  private void propagate() {
    last = System.nanoTime();
    pending.set(false);
    IndexerResourceCache<ClusterPolicy> known = policies;
    if (known != null && source.isRunning()) {
      known.list().map(ResourceID::fromResource).forEach(source::propagateEvent);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
