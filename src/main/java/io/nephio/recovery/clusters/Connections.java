package io.nephio.recovery.clusters;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.nephio.recovery.facts.ClusterRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One connection per workload cluster, made with the Secret that Cluster API keeps for it, and the
 * one to the management cluster that is there anyway.
 *
 * <p>Whatever a cluster is asked for over them, it is asked for once. A client that asks again by
 * itself when no answer came would do so without a look at what the first request has done, and
 * behind the back of whoever may still act.
 */
public final class Connections implements AutoCloseable {
  private final KubernetesClient management;
  private final Map<ClusterRef, Connection> connections = new ConcurrentHashMap<>();
  private @Nullable Instant failing;

  public Connections(KubernetesClient management) {
    this.management = askingOnce(management);
  }

  /** Over the same sockets; those to the workload clusters are made so. */
  private static KubernetesClient askingOnce(KubernetesClient client) {
    RequestConfig once =
        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
            .withRequestRetryBackoffLimit(0)
            .build();
    return client.newClient(once).adapt(KubernetesClient.class);
  }

  /** Asks the cluster now; a cluster that does not answer costs a few seconds, never more. */
  public Contact contact(ClusterRef cluster, Instant at) {
    return connections
        .computeIfAbsent(cluster, c -> new Connection(new KubeconfigSecret(management, c)))
        .contact(at);
  }

  public KubernetesClient management() {
    return management;
  }

  /** Asks the management cluster now. */
  public synchronized Contact management(Instant at) {
    Instant since = failing == null ? at : failing;
    Contact answer = Contact.ask(management, since);
    failing = answer.client().isPresent() ? null : since;
    return answer;
  }

  /** Forgets the clusters that are no longer there. */
  public void retain(Set<ClusterRef> clusters) {
    for (ClusterRef known : List.copyOf(connections.keySet())) {
      if (!clusters.contains(known)) {
        Connection gone = connections.remove(known);
        if (gone != null) {
          gone.close();
        }
      }
    }
  }

  @Override
  public void close() {
    retain(Set.of());
  }
}
