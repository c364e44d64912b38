package io.nephio.recovery.observe.live;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.nephio.recovery.clusters.ClusterApiVersion;
import io.nephio.recovery.clusters.Connections;
import io.nephio.recovery.clusters.Contact;
import io.nephio.recovery.clusters.Trouble;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.observe.Reading;
import io.nephio.recovery.observe.Tree;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All clusters as the watches see them; shared by whoever needs them. */
public final class LiveFleet implements AutoCloseable {
  static final ResourceDefinitionContext NODES =
      new ResourceDefinitionContext.Builder()
          .withGroup("")
          .withVersion("v1")
          .withKind("Node")
          .withPlural("nodes")
          .withNamespaced(false)
          .build();

  private static final int CONTACTS_AT_ONCE = 16;

  private final KubernetesClient management;
  private final Connections connections;
  private final Runnable changed;
  private final ExecutorService contacts = Executors.newFixedThreadPool(CONTACTS_AT_ONCE);
  private final Map<ClusterRef, Workload> workloads = new ConcurrentHashMap<>();
  private @Nullable ClusterApi clusterApi;

  private record ClusterApi(Mirror<Tree> clusters, Mirror<Machine> machines) {}

  /** The Nodes as one client sees them; another client has its own. */
  private record Workload(KubernetesClient client, Mirror<Node> nodes) {}

  /**
   * Watches nothing before it is first looked at.
   *
   * @param changed called, on any thread and often, after something that may matter has changed
   */
  public LiveFleet(KubernetesClient management, Connections connections, Runnable changed) {
    this.management = management;
    this.connections = connections;
    this.changed = changed;
  }

  public Sight look(Instant at) {
    try {
      return seen(at);
    } catch (KubernetesClientException e) {
      return new Sight.Waiting("the management cluster does not answer: " + Trouble.text(e));
    }
  }

  private Sight seen(Instant at) {
    Optional<ClusterApi> api = clusterApi();
    if (api.isEmpty()) {
      return new Sight.Waiting(
          "Cluster API is not installed here: the API group "
              + ClusterApiVersion.GROUP
              + " is not served");
    }
    if (!(api.get().clusters().known() instanceof Known.Seen<Tree> clusters)
        || !(api.get().machines().known() instanceof Known.Seen<Machine> machines)) {
      return new Sight.Waiting("Clusters and Machines are being listed");
    }
    forgetAllBut(clusters.items().stream().map(Reading::clusterRef).collect(Collectors.toSet()));
    List<CompletableFuture<Cluster>> looks =
        clusters.items().stream()
            .map(c -> CompletableFuture.supplyAsync(() -> cluster(c, machines, at), contacts))
            .toList();
    return new Sight.Seen(new Fleet(looks.stream().map(CompletableFuture::join).toList()));
  }

  /** One cluster as the watches see it. */
  public Fresh watched(ClusterRef ref, Instant at) {
    try {
      Optional<ClusterApi> api = clusterApi();
      if (api.isEmpty()
          || !(api.get().clusters().known() instanceof Known.Seen<Tree> clusters)
          || !(api.get().machines().known() instanceof Known.Seen<Machine> machines)) {
        return new Fresh.Unreadable("Clusters and Machines are not listed yet");
      }
      return clusters.items().stream()
          .filter(tree -> Reading.clusterRef(tree).equals(ref))
          .findFirst()
          .<Fresh>map(tree -> new Fresh.Found(cluster(tree, machines, at)))
          .orElseGet(Fresh.Gone::new);
    } catch (KubernetesClientException e) {
      return new Fresh.Unreadable(Trouble.text(e));
    }
  }

  private Cluster cluster(Tree tree, Known.Seen<Machine> machines, Instant at) {
    ClusterRef ref = Reading.clusterRef(tree);
    Contact contact = connections.contact(ref, at);
    Known<Node> nodes =
        contact.client().map(client -> nodes(ref, client)).orElseGet(Known.NotLooked::new);
    return Reading.cluster(tree, machines.items(), contact.reach(), nodes, contact.kubeSystemUid());
  }

  private Known<Node> nodes(ClusterRef ref, KubernetesClient client) {
    return workloads
        .compute(
            ref,
            (key, old) -> {
              if (old != null && old.client() == client) {
                return old;
              }
              if (old != null) {
                old.nodes().close();
              }
              return new Workload(client, new Mirror<>(client, NODES, Reading::node, changed));
            })
        .nodes()
        .known();
  }

  /** One cluster read from its API servers, not from the watches: for whoever is about to act. */
  public Fresh fresh(ClusterRef ref, Instant at) {
    try {
      Optional<ClusterApiVersion> version = ClusterApiVersion.discover(management);
      if (version.isEmpty()) {
        return new Fresh.Unreadable("Cluster API is not served");
      }
      return new FreshReads(management, version.get()).read(ref, connections.contact(ref, at));
    } catch (KubernetesClientException e) {
      return new Fresh.Unreadable(Trouble.text(e));
    }
  }

  private synchronized Optional<ClusterApi> clusterApi() {
    if (clusterApi == null) {
      ClusterApiVersion.discover(management)
          .ifPresent(
              version ->
                  clusterApi =
                      new ClusterApi(
                          new Mirror<>(management, version.clusters(), tree -> tree, changed),
                          new Mirror<>(management, version.machines(), Reading::machine, changed)));
    }
    return Optional.ofNullable(clusterApi);
  }

  private void forgetAllBut(Set<ClusterRef> clusters) {
    for (ClusterRef known : List.copyOf(workloads.keySet())) {
      if (!clusters.contains(known)) {
        Workload gone = workloads.remove(known);
        if (gone != null) {
          gone.nodes().close();
        }
      }
    }
    connections.retain(clusters);
  }

  @Override
  public synchronized void close() {
    contacts.shutdownNow();
    workloads.values().forEach(w -> w.nodes().close());
    if (clusterApi != null) {
      clusterApi.clusters().close();
      clusterApi.machines().close();
    }
  }
}
