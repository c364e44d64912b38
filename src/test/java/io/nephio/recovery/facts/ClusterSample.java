package io.nephio.recovery.facts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A reachable cluster in the making. */
public final class ClusterSample {
  private final String name;
  private String uid;
  private String namespace = Sample.NAMESPACE;
  private Map<String, String> labels = Map.of();
  private boolean paused;
  private boolean deleting;
  private Optional<Condition> infrastructureReady = Optional.empty();
  private List<Machine> machines = List.of();
  private Reach reach = new Reach.Reached();
  private Known<Node> nodes = new Known.Seen<>(List.of());
  private boolean onlyThese;
  private Management management = Management.NOT_LOOKED;
  private Contents contents = Contents.NOT_LOOKED;

  /** The one that manages the others, which has no Cluster of its own. */
  ClusterSample() {
    this(Cluster.MANAGEMENT);
    uid = "";
  }

  ClusterSample(String name) {
    uid = "cluster-uid-" + name;
    this.name = name;
  }

  public ClusterSample namespace(String namespace) {
    this.namespace = namespace;
    return this;
  }

  public ClusterSample labels(String... keysAndValues) {
    this.labels = Sample.labels(keysAndValues);
    return this;
  }

  public ClusterSample paused() {
    this.paused = true;
    return this;
  }

  public ClusterSample deleting() {
    this.deleting = true;
    return this;
  }

  public ClusterSample infrastructure(Condition ready) {
    this.infrastructureReady = Optional.of(ready);
    return this;
  }

  public ClusterSample machines(MachineSample... machines) {
    return machines(Stream.of(machines).map(MachineSample::machine).toList());
  }

  public ClusterSample machines(List<Machine> machines) {
    this.machines = machines;
    return this;
  }

  public ClusterSample reach(Reach reach) {
    this.reach = reach;
    return this;
  }

  public ClusterSample nodes(Node... nodes) {
    return nodes(List.of(nodes));
  }

  public ClusterSample nodes(List<Node> nodes) {
    this.nodes = new Known.Seen<>(nodes);
    return this;
  }

  /** No Node but those given, though Machines name others. */
  public ClusterSample onlyTheseNodes() {
    this.onlyThese = true;
    return this;
  }

  public ClusterSample management(Management management) {
    this.management = management;
    return this;
  }

  /** What Porch has registered under its name, and nothing else of the management cluster. */
  public ClusterSample registered(PorchRepository... repositories) {
    Management none = Management.NOT_LOOKED;
    return management(
        new Management(
            none.created(),
            none.conditions(),
            none.controlPlaneInitialized(),
            none.infra(),
            none.controlPlane(),
            none.owners(),
            none.healthChecks(),
            new Known.Seen<>(List.of(repositories))));
  }

  public ClusterSample contents(Contents contents) {
    this.contents = contents;
    return this;
  }

  public ClusterSample nodesNotLooked() {
    this.nodes = new Known.NotLooked<>();
    return this;
  }

  /** Machines that name a Node have a ready one, unless the test gives its own. */
  private Known<Node> filled() {
    if (onlyThese || !(nodes instanceof Known.Seen<Node> seen)) {
      return nodes;
    }
    Set<String> given = seen.items().stream().map(n -> n.ref().name()).collect(Collectors.toSet());
    return new Known.Seen<>(
        Stream.concat(
                seen.items().stream(),
                machines.stream()
                    .flatMap(m -> m.node().stream())
                    .filter(n -> !given.contains(n))
                    .map(Sample::ready))
            .toList());
  }

  public Cluster cluster() {
    return new Cluster(
        new ClusterRef(namespace, name),
        new ObjectRef("cluster.x-k8s.io/v1beta1", "Cluster", namespace, name, uid),
        labels,
        paused,
        deleting,
        infrastructureReady,
        machines,
        reach,
        filled(),
        "kube-system-uid-" + name,
        management,
        contents);
  }
}
