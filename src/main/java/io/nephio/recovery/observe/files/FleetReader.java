package io.nephio.recovery.observe.files;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Management;
import io.nephio.recovery.facts.Reach;
import io.nephio.recovery.observe.ContentsReader;
import io.nephio.recovery.observe.ManagementReader;
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
import java.util.concurrent.CompletableFuture;

/** Makes one observation of everything the command line names. */
public final class FleetReader {
  private final Input input;
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

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
    CompletableFuture<Documents> beside = reading(managementPaths);
    Map<WorkloadSource, CompletableFuture<Documents>> dumps = new LinkedHashMap<>();
    sources.forEach(s -> dumps.put(s, reading(List.of(s.path()))));
    List<Policy> policies = new Policies(problems).read(told(input.read(policyPaths)), policyPaths);
    Documents management = told(beside.join());
    Map<WorkloadSource, Documents> workloads = new LinkedHashMap<>();
    dumps.forEach((source, dump) -> workloads.put(source, told(dump.join())));
    Ledger ledger = Remediations.ledger(management.objects(), problems);
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    List<Document> all = new ArrayList<>(management.objects());
    workloads.values().forEach(d -> all.addAll(d.objects()));
    Fleet fleet = fleet(management, workloads);
    Newest newest = Newest.of(all, now);
    newest.ahead().ifPresent(notes::add);
    return new Observation(policies, fleet, ledger, newest.time(), notes);
  }

  /** While others are read too; what is wrong is told in the order of the command line. */
  private CompletableFuture<Documents> reading(List<String> paths) {
    return CompletableFuture.supplyAsync(() -> input.read(paths));
  }

  private Documents told(Documents read) {
    problems.addAll(read.problems());
    return read;
  }

  private Fleet fleet(Documents management, Map<WorkloadSource, Documents> workloads) {
    Seen seen = seen(List.of(management));
    List<Machine> machines =
        seen.of(Reading.CLUSTER_API, "Machine").stream().map(Reading::machine).toList();
    Map<ClusterRef, Tree> clusters = new LinkedHashMap<>();
    seen.of(Reading.CLUSTER_API, "Cluster")
        .forEach(c -> clusters.putIfAbsent(Reading.clusterRef(c), c));
    for (Machine machine : machines) {
      ClusterRef ref = new ClusterRef(String.valueOf(machine.ref().namespace()), machine.cluster());
      clusters.computeIfAbsent(ref, Reading::unseen);
    }
    for (WorkloadSource source : workloads.keySet()) {
      if (clusters.keySet().stream().noneMatch(source::isOf)) {
        clusters.put(source.ref(), Reading.unseen(source.ref()));
      }
    }
    Map<ClusterRef, List<Machine>> byCluster = new LinkedHashMap<>();
    machines.forEach(
        m ->
            byCluster
                .computeIfAbsent(
                    new ClusterRef(String.valueOf(m.ref().namespace()), m.cluster()),
                    r -> new ArrayList<>())
                .add(m));
    List<Cluster> found = new ArrayList<>();
    ManagementReader read = new ManagementReader(seen);
    clusters.forEach(
        (ref, tree) ->
            found.add(
                workload(
                    tree,
                    byCluster.getOrDefault(ref, List.of()),
                    read.around(tree),
                    dumps(ref, workloads))));
    return new Fleet(found, management.isEmpty() ? Optional.empty() : Optional.of(itself(seen)));
  }

  private static List<Documents> dumps(ClusterRef ref, Map<WorkloadSource, Documents> workloads) {
    List<Documents> dumps = new ArrayList<>();
    workloads.forEach(
        (source, dump) -> {
          if (source.isOf(ref)) {
            dumps.add(dump);
          }
        });
    return dumps;
  }

  private Cluster workload(
      Tree tree, List<Machine> machines, Management around, List<Documents> dumps) {
    Seen seen = seen(dumps);
    Reach reach = dumps.isEmpty() ? new Reach.NotTried() : new Reach.Reached();
    ContentsReader inside = new ContentsReader(seen);
    return Reading.cluster(tree, machines, reach, inside.nodes(), kubeSystemUid(seen))
        .with(around, inside.contents());
  }

  private static Cluster itself(Seen seen) {
    ContentsReader inside = new ContentsReader(seen);
    return Reading.management(
        new Reach.Reached(), inside.nodes(), kubeSystemUid(seen), inside.contents());
  }

  private Seen seen(List<Documents> inputs) {
    Seen seen = new Seen(inputs);
    seen.twice().ifPresent(notes::add);
    return seen;
  }

  private static String kubeSystemUid(Seen seen) {
    return seen.of("", "Namespace").stream()
        .filter(n -> n.name().equals("kube-system"))
        .flatMap(n -> n.string("metadata", "uid").stream())
        .findFirst()
        .orElse("");
  }
}
