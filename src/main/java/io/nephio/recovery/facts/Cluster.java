package io.nephio.recovery.facts;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One workload cluster: what the management cluster holds of it, and what its own API server said,
 * in a fixed order.
 *
 * @param infrastructureReady what the Cluster says of its infrastructure; empty when it says
 *     nothing
 * @param kubeSystemUid identity of the cluster behind the kubeconfig; empty when not looked at
 * @param management what the management cluster holds around the Machines
 * @param contents what runs in it
 */
public record Cluster(
    ClusterRef ref,
    ObjectRef object,
    Map<String, String> labels,
    boolean paused,
    boolean deleting,
    Optional<Condition> infrastructureReady,
    List<Machine> machines,
    Reach reach,
    Known<Node> nodes,
    String kubeSystemUid,
    Management management,
    Contents contents) {

  /** The name under which the cluster that manages the others is reported. */
  public static final String MANAGEMENT = "management";

  public Cluster {
    machines = machines.stream().sorted(Comparator.comparing(m -> m.ref().toString())).toList();
    if (nodes instanceof Known.Seen<Node> seen) {
      nodes = new Known.Seen<>(inOrder(seen.items()));
    }
  }

  /** Whether this is the cluster that manages the others, seen without a Cluster of its own. */
  public boolean isManagement() {
    return ref.equals(ClusterRef.MANAGEMENT) && object.uid().isEmpty() && machines.isEmpty();
  }

  /** One of which only Machines and Nodes were looked at. */
  public Cluster(
      ClusterRef ref,
      ObjectRef object,
      Map<String, String> labels,
      boolean paused,
      boolean deleting,
      Optional<Condition> infrastructureReady,
      List<Machine> machines,
      Reach reach,
      Known<Node> nodes,
      String kubeSystemUid) {
    this(
        ref,
        object,
        labels,
        paused,
        deleting,
        infrastructureReady,
        machines,
        reach,
        nodes,
        kubeSystemUid,
        Management.NOT_LOOKED,
        Contents.NOT_LOOKED);
  }

  /** The same with what else was seen of it. */
  public Cluster with(Management around, Contents inside) {
    return new Cluster(
        ref,
        object,
        labels,
        paused,
        deleting,
        infrastructureReady,
        machines,
        reach,
        nodes,
        kubeSystemUid,
        around,
        inside);
  }

  private static List<Node> inOrder(List<Node> nodes) {
    return nodes.stream().sorted(Comparator.comparing(n -> n.ref().name())).toList();
  }

  /**
   * The Machine itself, or the one that became this Node; empty for a Node that nobody here would
   * make anew, and for objects of any other kind.
   */
  public Optional<Machine> machineOf(ObjectRef object) {
    return switch (object.kind()) {
      case "Machine" -> machines.stream().filter(m -> m.ref().equals(object)).findFirst();
      case "Node" ->
          machines.stream()
              .filter(m -> m.node().filter(object.name()::equals).isPresent())
              .findFirst();
      default -> Optional.empty();
    };
  }

  /** The very Machine, not a later one of its name. */
  public Optional<Machine> machine(String uid) {
    return machines.stream().filter(m -> m.ref().uid().equals(uid)).findFirst();
  }
}
