package io.nephio.recovery.observe;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Contents;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Management;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.Owner;
import io.nephio.recovery.facts.Reach;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What objects say, in facts.
 *
 * <p>Cluster API has two contracts, and a server may serve either: a fact is looked for where one
 * of them puts it, whatever version the object claims.
 */
public final class Reading {
  public static final String CLUSTER_API = "cluster.x-k8s.io";

  private static final String CONTROL_PLANE = CLUSTER_API + "/control-plane";
  private static final String DEPLOYMENT = CLUSTER_API + "/deployment-name";

  private Reading() {}

  public static Machine machine(Tree tree) {
    Map<String, String> labels = tree.map("metadata", "labels");
    return new Machine(
        Fields.namespaced(tree),
        tree.text("spec", "clusterName"),
        labels,
        tree.map("metadata", "annotations"),
        Fields.created(tree),
        Fields.deleting(tree),
        tree.instant("metadata", "deletionTimestamp"),
        labels.containsKey(CONTROL_PLANE),
        Fields.controller(tree).isPresent(),
        owner(tree, labels),
        tree.text("status", "phase"),
        tree.string("status", "nodeRef", "name"),
        failure(tree),
        tree.string("status", "failureDomain").orElseGet(() -> tree.text("spec", "failureDomain")),
        Fields.conditions(tree));
  }

  public static Node node(Tree tree) {
    return new Node(
        Fields.clusterScoped(tree),
        Fields.created(tree),
        Fields.deleting(tree),
        tree.bool("spec", "unschedulable").orElse(false),
        tree.map("metadata", "labels"),
        tree.map("metadata", "annotations"),
        tree.list("spec", "taints").stream().map(Reading::taint).toList(),
        Fields.conditions(tree));
  }

  private static Node.Taint taint(Tree tree) {
    return new Node.Taint(tree.text("key"), tree.text("effect"), tree.instant("timeAdded"));
  }

  /**
   * A Cluster with what belongs to it.
   *
   * @param machines of any cluster; those of this one are picked
   * @param kubeSystemUid empty when not looked at
   */
  public static Cluster cluster(
      Tree tree, List<Machine> machines, Reach reach, Known<Node> nodes, String kubeSystemUid) {
    ObjectRef object = Fields.namespaced(tree);
    ClusterRef ref = clusterRef(tree);
    return new Cluster(
        ref,
        object,
        tree.map("metadata", "labels"),
        tree.bool("spec", "paused").orElse(false)
            || tree.has("metadata", "annotations", Machine.PAUSED),
        Fields.deleting(tree),
        Condition.find(Fields.conditions(tree), "InfrastructureReady"),
        machines.stream().filter(m -> belongs(m, ref)).toList(),
        reach,
        nodes,
        kubeSystemUid);
  }

  /** The management cluster as a cluster like any other, but without a Cluster and Machines. */
  public static Cluster management(
      Reach reach, Known<Node> nodes, String kubeSystemUid, Contents contents) {
    return cluster(unseen(ClusterRef.MANAGEMENT), List.of(), reach, nodes, kubeSystemUid)
        .with(Management.NOT_LOOKED, contents);
  }

  /** A Cluster that only its parts tell of. */
  public static Tree unseen(ClusterRef ref) {
    return new Tree(
        Map.of(
            "apiVersion",
            CLUSTER_API + "/v1beta1",
            "kind",
            "Cluster",
            "metadata",
            Map.of("namespace", ref.namespace(), "name", ref.name())));
  }

  public static ClusterRef clusterRef(Tree cluster) {
    return new ClusterRef(namespace(cluster), cluster.name());
  }

  private static boolean belongs(Machine machine, ClusterRef cluster) {
    return machine.cluster().equals(cluster.name())
        && cluster.namespace().equals(machine.ref().namespace());
  }

  /** Files may leave it out, and then kubectl means this one. */
  public static String namespace(Tree tree) {
    return tree.namespace().isEmpty() ? "default" : tree.namespace();
  }

  /** The MachineSet in between comes and goes with every rollout. */
  private static Optional<Owner> owner(Tree tree, Map<String, String> labels) {
    return Optional.ofNullable(labels.get(DEPLOYMENT))
        .map(name -> new Owner(tree.apiVersion(), "MachineDeployment", namespace(tree), name))
        .or(() -> Fields.controller(tree));
  }

  private static Optional<Machine.Failure> failure(Tree tree) {
    Tree status = tree.tree("status");
    Tree deprecated = status.tree("deprecated", "v1beta1");
    return Stream.of(status, deprecated)
        .filter(s -> !s.text("failureReason").isEmpty() || !s.text("failureMessage").isEmpty())
        .map(s -> new Machine.Failure(failureReason(s), s.text("failureMessage")))
        .findFirst()
        .or(
            () ->
                status.text("phase").equals("Failed")
                    ? Optional.of(new Machine.Failure("Failed", ""))
                    : Optional.empty());
  }

  private static String failureReason(Tree status) {
    return status.string("failureReason").filter(r -> !r.isEmpty()).orElse("Failed");
  }
}
