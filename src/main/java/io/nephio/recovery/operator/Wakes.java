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

/** Wakes every policy soon after something changed, once for a burst of changes. */
final class Wakes implements AutoCloseable {
  private static final Duration BURST = Duration.ofMillis(200);

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
  private volatile @Nullable IndexerResourceCache<ClusterPolicy> policies;

  SimpleInboundEventSource<ClusterPolicy> source(IndexerResourceCache<ClusterPolicy> cache) {
    policies = cache;
    return source;
  }

  void wake() {
    if (!timer.isShutdown() && pending.compareAndSet(false, true)) {
      var unused = timer.schedule(this::propagate, BURST.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void propagate() {
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
