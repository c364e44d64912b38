package io.nephio.recovery.judge;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Job;
import io.nephio.recovery.facts.Lease;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.MachineOwner;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.Owner;
import io.nephio.recovery.facts.Pod;
import io.nephio.recovery.facts.ReplicaSet;
import io.nephio.recovery.facts.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One cluster at one instant under one policy, with the links between its objects. */
public final class Scene {
  private final Cluster cluster;
  private final ClusterPolicySpec policy;
  private final Memory memory;
  private final Instant at;
  private final Map<String, Machine> machinesByNode;
  private final Map<ObjectRef, Machine> machines;
  private final Map<String, Node> nodes;
  private final Map<String, ReplicaSet> replicaSets;
  private final Map<String, Job> jobs;
  private final Map<Owner, Workload> workloads;
  private final Map<ObjectRef, Pod> pods;
  private final Map<String, Lease> leases;
  private final Map<Owner, List<Pod>> podsByOwner = new HashMap<>();

  public Scene(Cluster cluster, ClusterPolicySpec policy, Memory memory, Instant at) {
    this.cluster = cluster;
    this.policy = policy;
    this.memory = memory;
    this.at = at;
    this.machines = index(cluster.machines(), Machine::ref);
    this.machinesByNode = new HashMap<>();
    for (Machine machine : cluster.machines()) {
      machine.node().ifPresent(n -> machinesByNode.putIfAbsent(n, machine));
    }
    this.nodes = index(cluster.nodes().items(), n -> n.ref().name());
    this.replicaSets = index(cluster.contents().replicaSets().items(), r -> key(r.ref()));
    this.jobs = index(cluster.contents().jobs().items(), j -> key(j.ref()));
    this.workloads = index(cluster.contents().workloads().items(), Workload::owner);
    this.pods = index(cluster.contents().pods().items(), Pod::ref);
    this.leases = index(cluster.contents().leases().items(), Lease::node);
    for (Pod pod : cluster.contents().pods().items()) {
      top(pod).ifPresent(o -> podsByOwner.computeIfAbsent(o, k -> new ArrayList<>()).add(pod));
    }
  }

  private static <K, V> Map<K, V> index(Collection<V> values, Function<V, K> key) {
    Map<K, V> map = new HashMap<>();
    values.forEach(v -> map.putIfAbsent(key.apply(v), v));
    return map;
  }

  private static String key(ObjectRef ref) {
    return ref.namespace() + "/" + ref.name();
  }

  public Cluster cluster() {
    return cluster;
  }

  public ClusterPolicySpec policy() {
    return policy;
  }

  public Memory memory() {
    return memory;
  }

  public Instant at() {
    return at;
  }

  /** A clock that runs ahead must not put off a failure. */
  Instant notLater(Instant since) {
    return since.isAfter(at) ? at : since;
  }

  /** The Machine itself, or the one that became this Node. */
  public Optional<Machine> machineOf(ObjectRef object) {
    return switch (object.kind()) {
      case "Machine" -> Optional.ofNullable(machines.get(object));
      case "Node" -> machineOfNode(object.name());
      default -> Optional.empty();
    };
  }

  /** By the Machine's word, else by the Node's own. */
  public Optional<Machine> machineOfNode(String name) {
    Machine machine = machinesByNode.get(name);
    if (machine != null) {
      return Optional.of(machine);
    }
    return node(name)
        .map(n -> n.annotations().get("cluster.x-k8s.io/machine"))
        .flatMap(
            named ->
                cluster.machines().stream()
                    .filter(m -> m.ref().name().equals(named) && m.node().isEmpty())
                    .findFirst());
  }

  public Optional<Node> node(String name) {
    return Optional.ofNullable(nodes.get(name));
  }

  Optional<Lease> lease(String node) {
    return Optional.ofNullable(leases.get(node));
  }

  public Optional<Pod> pod(ObjectRef ref) {
    return Optional.ofNullable(pods.get(ref));
  }

  /** It is on a Node whose Machine is being deleted, in the time that this may take. */
  boolean goesWithItsMachine(Pod pod) {
    return machineOfNode(pod.node()).filter(Machine::deleting).isPresent();
  }

  public Optional<Workload> workload(Owner owner) {
    return Optional.ofNullable(workloads.get(owner));
  }

  public List<Pod> podsOf(Owner top) {
    return podsByOwner.getOrDefault(top, List.of());
  }

  public Optional<Job> job(Owner owner) {
    return owner.kind().equals("Job")
        ? Optional.ofNullable(jobs.get(owner.namespace() + "/" + owner.name()))
        : Optional.empty();
  }

  /** The end of the chain of controllers above a pod, as far as it was looked at. */
  public Optional<Owner> top(Pod pod) {
    return pod.controller().map(c -> deployment(pod, c).orElseGet(() -> top(c)));
  }

  /** Where ReplicaSets were not looked at, their names still tell the Deployment. */
  private Optional<Owner> deployment(Pod pod, Owner controller) {
    String hash = "-" + pod.labels().get("pod-template-hash");
    if (!controller.kind().equals("ReplicaSet")
        || !controller.name().endsWith(hash)
        || replicaSets.containsKey(controller.namespace() + "/" + controller.name())) {
      return Optional.empty();
    }
    String name = controller.name().substring(0, controller.name().length() - hash.length());
    Owner owner = new Owner(controller.apiVersion(), "Deployment", controller.namespace(), name);
    return Optional.of(owner).filter(workloads::containsKey);
  }

  private Owner top(Owner owner) {
    Optional<Owner> above =
        switch (owner.kind()) {
          case "ReplicaSet" ->
              Optional.ofNullable(replicaSets.get(owner.namespace() + "/" + owner.name()))
                  .flatMap(ReplicaSet::controller);
          case "Job" -> job(owner).flatMap(Job::controller);
          case "Deployment", "StatefulSet", "DaemonSet" ->
              workload(owner).flatMap(Workload::controller);
          default -> Optional.empty();
        };
    return above
        .filter(o -> !o.equals(owner))
        .map(o -> known(o) ? top(o) : owner(owner, o))
        .orElse(owner);
  }

  /** What made a workload is told by the workload itself; pods are counted against the workload. */
  private static Owner owner(Owner below, Owner above) {
    return below.kind().equals("ReplicaSet") || below.kind().equals("Job") ? above : below;
  }

  private static boolean known(Owner owner) {
    return switch (owner.kind()) {
      case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job" -> true;
      default -> false;
    };
  }

  /** The MachineDeployment, MachineSet or MachinePool of this name. */
  public Optional<MachineOwner> machineOwner(Owner owner) {
    return cluster.management().owners().items().stream().filter(o -> o.is(owner)).findFirst();
  }
}
