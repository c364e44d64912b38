package io.nephio.recovery.observe.live;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nephio.recovery.clusters.ClusterApiVersion;
import io.nephio.recovery.clusters.Connections;
import io.nephio.recovery.clusters.Contact;
import io.nephio.recovery.clusters.Trouble;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.Contents;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.Oversight;
import io.nephio.recovery.observe.ContentsReader;
import io.nephio.recovery.observe.ManagementReader;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All clusters as the watches see them; shared by whoever needs them. */
public final class LiveFleet implements AutoCloseable {
  private static final int CONTACTS_AT_ONCE = 16;

  private final KubernetesClient management;
  private final Connections connections;
  private final Runnable changed;
  private final ExecutorService contacts = Executors.newFixedThreadPool(CONTACTS_AT_ONCE);
  private final Watches watches;
  private final Map<ClusterRef, Watches> workloads = new ConcurrentHashMap<>();

  /**
   * Watches nothing before it is first looked at.
   *
   * @param changed called, on any thread and often, after something that may matter has changed
   */
  public LiveFleet(KubernetesClient management, Connections connections, Runnable changed) {
    this.management = management;
    this.connections = connections;
    this.changed = changed;
    this.watches = new Watches(management, changed);
  }

  /**
   * All of them, now.
   *
   * @param oversight how much to look at of the management cluster too
   */
  public Sight look(Instant at, Oversight oversight) {
    try {
      ManagementReader read = new ManagementReader(watches.at(at));
      Known<Tree> known = read.clusters();
      Known<Machine> machines = read.machines();
      // Asked for with the first ones, so that it is known as soon as anything fails.
      var unused = read.repositories();
      if (!(known instanceof Known.Seen<Tree> clusters) || !(machines instanceof Known.Seen)) {
        return new Sight.Waiting(
            "Clusters and Machines are not listed yet, or Cluster API is not installed here");
      }
      forgetAllBut(clusters.items().stream().map(Reading::clusterRef).collect(Collectors.toSet()));
      List<CompletableFuture<Cluster>> looks =
          clusters.items().stream()
              .map(
                  c ->
                      CompletableFuture.supplyAsync(
                          () -> cluster(read, c, contact(c, at), at), contacts))
              .toList();
      return new Sight.Seen(
          new Fleet(
              looks.stream().map(CompletableFuture::join).toList(),
              oversight == Oversight.NONE ? Optional.empty() : Optional.of(itself(oversight, at))));
    } catch (KubernetesClientException e) {
      return new Sight.Waiting("the management cluster does not answer: " + Trouble.text(e));
    }
  }

  /** Whether some watch has only just begun, so that what was not seen now is about to come. */
  public boolean isBeginning() {
    return watches.isBeginning() || workloads.values().stream().anyMatch(Watches::isBeginning);
  }

  /** One cluster as the watches see it. */
  public Fresh watched(ClusterRef ref, Instant at) {
    return watched(ref, () -> connections.contact(ref, at), at);
  }

  private Fresh watched(ClusterRef ref, Supplier<Contact> contact, Instant at) {
    try {
      ManagementReader read = new ManagementReader(watches.at(at));
      if (!(read.clusters() instanceof Known.Seen<Tree> clusters)
          || !(read.machines() instanceof Known.Seen)) {
        return new Fresh.Unreadable("Clusters and Machines are not listed yet");
      }
      return clusters.items().stream()
          .filter(tree -> Reading.clusterRef(tree).equals(ref))
          .findFirst()
          .<Fresh>map(tree -> new Fresh.Found(cluster(read, tree, contact.get(), at)))
          .orElseGet(
              () ->
                  ref.equals(ClusterRef.MANAGEMENT)
                      ? new Fresh.Found(itself(Oversight.CRDS, at))
                      : new Fresh.Gone());
    } catch (KubernetesClientException e) {
      return new Fresh.Unreadable(Trouble.text(e));
    }
  }

  private Contact contact(Tree cluster, Instant at) {
    return connections.contact(Reading.clusterRef(cluster), at);
  }

  private Cluster cluster(ManagementReader read, Tree tree, Contact contact, Instant at) {
    ClusterRef ref = Reading.clusterRef(tree);
    Known<Node> nodes = new Known.NotLooked<>();
    Contents contents = Contents.NOT_LOOKED;
    if (contact.client().isPresent()) {
      ContentsReader inside = new ContentsReader(workload(ref, contact.client().get()).at(at));
      nodes = inside.nodes();
      contents = inside.contents();
    }
    return Reading.cluster(
            tree, read.machines().items(), contact.reach(), nodes, contact.kubeSystemUid())
        .with(read.around(tree), contents);
  }

  private Cluster itself(Oversight oversight, Instant at) {
    Contact contact = connections.management(at);
    if (contact.client().isEmpty()) {
      return Reading.management(contact.reach(), new Known.NotLooked<>(), "", Contents.NOT_LOOKED);
    }
    ContentsReader inside = new ContentsReader(watches.at(at));
    return oversight == Oversight.CRDS
        ? Reading.management(
            contact.reach(),
            new Known.NotLooked<>(),
            contact.kubeSystemUid(),
            Contents.of(inside.crds()))
        : Reading.management(
            contact.reach(), inside.nodes(), contact.kubeSystemUid(), inside.contents());
  }

  /** A new kubeconfig makes a new client, and a client has its own watches. */
  private Watches workload(ClusterRef ref, KubernetesClient client) {
    return workloads.compute(
        ref,
        (key, old) -> {
          if (old != null && old.on(client)) {
            return old;
          }
          if (old != null) {
            old.close();
          }
          return new Watches(client, changed);
        });
  }

  /**
   * One cluster for whoever is about to act: itself, its Machines and its Nodes are read from their
   * API servers, and of what runs there what is around one object; the rest comes from the watches.
   *
   * @param inside an object in the cluster; empty if none is looked at closely
   */
  public Fresh fresh(ClusterRef ref, Optional<ObjectRef> inside, Instant at) {
    try {
      if (ref.equals(ClusterRef.MANAGEMENT)
          && watched(ref, at) instanceof Fresh.Found found
          && found.cluster().isManagement()) {
        return new Fresh.Found(closely(found.cluster(), found.cluster(), management, inside));
      }
      Optional<ClusterApiVersion> version = ClusterApiVersion.discover(management);
      if (version.isEmpty()) {
        return new Fresh.Unreadable("Cluster API is not served");
      }
      Contact contact = connections.contact(ref, at);
      Fresh read = new FreshReads(management, version.get()).read(ref, contact);
      return read instanceof Fresh.Found fresh
              && watched(ref, () -> contact, at) instanceof Fresh.Found watched
          ? new Fresh.Found(
              closely(fresh.cluster(), watched.cluster(), contact.client().orElse(null), inside))
          : read;
    } catch (KubernetesClientException e) {
      return new Fresh.Unreadable(Trouble.text(e));
    }
  }

  private static Cluster closely(
      Cluster read,
      Cluster watched,
      @Nullable KubernetesClient client,
      Optional<ObjectRef> inside) {
    return read.with(
        watched.management(),
        client == null
            ? watched.contents()
            : inside
                .map(object -> new CloseLook(client, object).into(watched.contents()))
                .orElse(watched.contents()));
  }

  private void forgetAllBut(Set<ClusterRef> clusters) {
    for (ClusterRef known : List.copyOf(workloads.keySet())) {
      if (!clusters.contains(known)) {
        Watches gone = workloads.remove(known);
        if (gone != null) {
          gone.close();
        }
      }
    }
    connections.retain(clusters);
  }

  @Override
  public void close() {
    contacts.shutdownNow();
    workloads.values().forEach(Watches::close);
    watches.close();
  }
}
