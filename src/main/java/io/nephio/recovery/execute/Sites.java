package io.nephio.recovery.execute;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nephio.recovery.clusters.Connections;
import io.nephio.recovery.clusters.Trouble;
import io.nephio.recovery.lifecycle.Progress;
import io.nephio.recovery.plan.LedgerEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/** How acts come into the workload clusters. */
record Sites(Connections connections, InstantSource clock) {

  Site of(LedgerEntry entry) {
    return Site.of(entry.spec(), connections, now());
  }

  /** What a look into the cluster shows of an act; one that does not answer shows nothing. */
  Progress progress(LedgerEntry entry, Function<KubernetesClient, Progress> look) {
    return of(entry).map(client -> shown(client, look), Progress.Unreadable::new);
  }

  private static Progress shown(
      KubernetesClient client, Function<KubernetesClient, Progress> look) {
    try {
      return look.apply(client);
    } catch (KubernetesClientException e) {
      return new Progress.Unreadable(Trouble.text(e));
    }
  }

  Instant now() {
    return clock.instant();
  }
}
