package io.nephio.recovery.facts;

import io.nephio.recovery.facts.Condition.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Clusters, Machines and Nodes as tests need them: healthy unless they say otherwise. */
public final class Sample {
  /** When every test takes place. */
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  public static final String NAMESPACE = "default";

  private Sample() {}

  public static Instant ago(String iso) {
    return NOW.minus(Duration.parse(iso));
  }

  public static ClusterSample cluster(String name) {
    return new ClusterSample(name);
  }

  /** The one that manages the others. */
  public static ClusterSample manager() {
    return new ClusterSample();
  }

  /** Of MachineDeployment {@code md-0}, with the Node of the same name. */
  public static MachineSample worker(String name) {
    return new MachineSample(name, false, "MachineDeployment", "md-0");
  }

  public static MachineSample controlPlane(String name) {
    return new MachineSample(name, true, "KubeadmControlPlane", "kcp");
  }

  public static Node ready(String name) {
    return node(name, condition("Ready", Status.True, ago("PT24H")));
  }

  /** As a kubelet that reports its own trouble leaves it. */
  public static Node notReady(String name, Instant since) {
    return node(name, condition("Ready", Status.False, since));
  }

  /** As the node lifecycle controller leaves a Node whose kubelet is silent. */
  public static Node silent(String name, Instant since) {
    return node(name, condition("Ready", Status.Unknown, since));
  }

  public static Node node(String name, Condition... conditions) {
    return new Node(
        new ObjectRef("v1", "Node", null, name, "node-uid-" + name),
        ago("PT48H"),
        false,
        false,
        List.of(conditions));
  }

  public static Node deleting(Node node) {
    return new Node(node.ref(), node.created(), true, node.unschedulable(), node.conditions());
  }

  public static Condition condition(String type, Status status, Instant since) {
    return new Condition(type, status, "Because", "", Optional.of(since));
  }

  public static Condition undated(String type, Status status) {
    return new Condition(type, status, "Because", "", Optional.empty());
  }

  public static PodSample pod(String name) {
    return new PodSample(name);
  }

  public static WorkloadSample workload(String kind, String name) {
    return new WorkloadSample(kind, name);
  }

  public static ContentsSample contents() {
    return new ContentsSample();
  }

  public static ControlPlaneSample plane() {
    return new ControlPlaneSample();
  }

  /** Conditions with which KubeadmControlPlane calls a member healthy. */
  public static Condition[] healthyMember() {
    return member(Status.True, Status.True);
  }

  public static Condition[] member(Status etcd, Status components) {
    Instant since = ago("PT1H");
    return new Condition[] {
      condition("EtcdMemberHealthy", etcd, since),
      condition("EtcdPodHealthy", components, since),
      condition("APIServerPodHealthy", components, since),
      condition("ControllerManagerPodHealthy", components, since),
      condition("SchedulerPodHealthy", components, since)
    };
  }

  static Map<String, String> labels(String... keysAndValues) {
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      labels.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return Map.copyOf(labels);
  }
}
