package io.nephio.recovery.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephio.recovery.clusters.Connections;
import io.nephio.recovery.execute.Actions;
import io.nephio.recovery.execute.Engines;
import io.nephio.recovery.observe.live.LiveFleet;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator, from its start to its end. */
public final class RecoveryOperator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RecoveryOperator.class);
  private static final String LEASE = "recovery-operator";

  private final Operator operator;
  private final LiveFleet fleet;
  private final Connections connections;
  private final GitAccess git;
  private final ServerClock clock;
  private final Memories memories;
  private final Wakes wakes = new Wakes();
  private final AtomicBoolean leading = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();

  private RecoveryOperator(
      KubernetesClient management,
      Settings settings,
      MeterRegistry meters,
      Runnable lost,
      InstantSource own) {
    clock = ServerClock.start(management, own);
    connections = new Connections(management);
    fleet = new LiveFleet(management, connections, wakes::wake);
    memories = new Memories(management, settings.podNamespace());
    Metrics metrics = new Metrics(meters);
    git = new GitAccess(management, settings, metrics::called);
    MergedManifests merged = new MergedManifests(git);
    var sources =
        new Inspection.Sources(
            management,
            fleet,
            git,
            new LedgerStore(management),
            new Actions(connections, clock, merged),
            new Engines(connections, clock, merged::holdsRecord),
            new Ground(management, settings));
    Events events = new Events(management, settings.podName(), clock);
    Announcements announcements = new Announcements(events, metrics, wakes::wake);
    operator =
        new Operator(
            o ->
                o.withKubernetesClient(management)
                    .withCloseClientOnStop(false)
                    .withLeaderElectionConfiguration(lease(settings, lost)));
    operator.register(new ClusterPolicyReconciler(sources, memories, events, clock, wakes));
    operator.register(
        new RemediationReconciler(
            new RemediationPass(sources, announcements, leading::get, clock)));
  }

  /**
   * Starts it; it runs until it is closed.
   *
   * @param lost called when another process has taken the lease: this one must end at once
   */
  public static RecoveryOperator start(
      KubernetesClient management, Settings settings, MeterRegistry meters, Runnable lost) {
    return start(management, settings, meters, lost, InstantSource.system());
  }

  /** The same on a machine with this clock. */
  static RecoveryOperator start(
      KubernetesClient management,
      Settings settings,
      MeterRegistry meters,
      Runnable lost,
      InstantSource own) {
    RecoveryOperator started = new RecoveryOperator(management, settings, meters, lost, own);
    try {
      started.operator.start();
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
    LOG.info("started: proposals go to {} with Secret {}", settings.serverUrl(), settings.secret());
    return started;
  }

  private LeaderElectionConfiguration lease(Settings settings, Runnable lost) {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
        .withLeaseNamespace(settings.podNamespace())
        .withIdentity(settings.podName())
        .withExitOnStopLeading(false)
        .withLeaderCallbacks(
            new io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks(
                () -> {
                  leading.set(true);
                  memories.prune();
                },
                () -> {
                  leading.set(false);
                  if (!closing.get()) {
                    LOG.error("the lease {} is lost", LEASE);
                    lost.run();
                  }
                },
                leader -> LOG.info("{} leads", leader)))
        .build();
  }

  /** Whether the API server is being watched, so that traffic and probes make sense. */
  public boolean ready() {
    return operator.getRuntimeInfo().isStarted();
  }

  @Override
  public void close() {
    closing.set(true);
    wakes.close();
    if (leading.getAndSet(false)) {
      memories.writeAll(clock.instant());
    }
    operator.stop();
    fleet.close();
    connections.close();
    git.close();
    clock.close();
  }
}
