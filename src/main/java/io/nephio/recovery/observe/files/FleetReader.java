package io.nephio.recovery.observe.files;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.Reach;
import io.nephio.recovery.observe.Reading;
import io.nephio.recovery.observe.Tree;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes one observation of everything the command line names. */
public final class FleetReader {
  private final Input input;
  private final List<String> problems = new ArrayList<>();

  public FleetReader(Input input) {
    this.input = input;
  }

  /**
   * Reads all of it.
   *
   * @throws BadInput if any of it cannot be used
   */
  public Observation read(
      List<String> policyPaths,
      List<String> managementPaths,
      List<WorkloadSource> sources,
      Instant now) {
    List<Policy> policies = new Policies(problems).read(documents(policyPaths), policyPaths);
    Documents management = documents(managementPaths);
    Map<WorkloadSource, Documents> workloads = new LinkedHashMap<>();
    sources.forEach(s -> workloads.put(s, documents(List.of(s.path()))));
    Ledger ledger = Remediations.ledger(management.objects(), problems);
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    List<Document> all = new ArrayList<>(management.objects());
    workloads.values().forEach(d -> all.addAll(d.objects()));
    return new Observation(
        policies, fleet(management.objects(), workloads), ledger, Newest.of(all, now));
  }

  private Documents documents(List<String> paths) {
    Documents documents = input.read(paths);
    problems.addAll(documents.problems());
    return documents;
  }

  private static Fleet fleet(List<Document> management, Map<WorkloadSource, Documents> workloads) {
    List<Machine> machines =
        once(of(management, Reading.CLUSTER_API, "Machine")).stream()
            .map(Reading::machine)
            .toList();
    Map<ClusterRef, Tree> clusters = new LinkedHashMap<>();
    of(management, Reading.CLUSTER_API, "Cluster")
        .forEach(c -> clusters.putIfAbsent(Reading.clusterRef(c), c));
    for (Machine machine : machines) {
      ClusterRef ref = new ClusterRef(String.valueOf(machine.ref().namespace()), machine.cluster());
      clusters.computeIfAbsent(ref, FleetReader::unseen);
    }
    for (WorkloadSource source : workloads.keySet()) {
      if (clusters.keySet().stream().noneMatch(source::isOf)) {
        clusters.put(source.ref(), unseen(source.ref()));
      }
    }
    List<Cluster> found = new ArrayList<>();
    clusters.forEach((ref, tree) -> found.add(cluster(ref, tree, machines, workloads)));
    return new Fleet(found);
  }

  private static Cluster cluster(
      ClusterRef ref, Tree tree, List<Machine> machines, Map<WorkloadSource, Documents> workloads) {
    List<Documents> dumps = new ArrayList<>();
    workloads.forEach(
        (source, dump) -> {
          if (source.isOf(ref)) {
            dumps.add(dump);
          }
        });
    List<Document> objects = dumps.stream().flatMap(d -> d.objects().stream()).toList();
    Reach reach = dumps.isEmpty() ? new Reach.NotTried() : new Reach.Reached();
    boolean sawNodes = dumps.stream().anyMatch(d -> d.kinds().contains("v1/Node"));
    List<Node> nodes = once(of(objects, "", "Node")).stream().map(Reading::node).toList();
    return Reading.cluster(
        tree,
        machines,
        reach,
        sawNodes ? new Known.Seen<>(nodes) : new Known.NotLooked<>(),
        kubeSystemUid(objects).orElse(""));
  }

  private static Optional<String> kubeSystemUid(List<Document> objects) {
    return of(objects, "", "Namespace").stream()
        .filter(n -> n.name().equals("kube-system"))
        .flatMap(n -> n.string("metadata", "uid").stream())
        .findFirst();
  }

  /** A Cluster that only its parts tell of. */
  private static Tree unseen(ClusterRef ref) {
    return new Tree(
        Map.of(
            "apiVersion",
            Reading.CLUSTER_API + "/v1beta1",
            "kind",
            "Cluster",
            "metadata",
            Map.of("namespace", ref.namespace(), "name", ref.name())));
  }

  private static List<Tree> of(List<Document> documents, String group, String kind) {
    return documents.stream().map(Document::tree).filter(t -> t.is(group, kind)).toList();
  }

  /** A dump may hold an object twice, in both served versions for one. */
  private static List<Tree> once(List<Tree> trees) {
    Map<String, Tree> byName = new LinkedHashMap<>();
    trees.forEach(t -> byName.putIfAbsent(t.namespace() + "/" + t.name(), t));
    return List.copyOf(byName.values());
  }
}
