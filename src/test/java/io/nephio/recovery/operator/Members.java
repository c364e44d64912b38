package io.nephio.recovery.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.nephio.recovery.servers.Nodes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The three Machines of a control plane; their Nodes are called as they are. */
record Members(
    Stage stage, GenericKubernetesResource plane, List<GenericKubernetesResource> machines) {

  /** All of them well. */
  static Members of(Stage stage, String namespace, String cluster) {
    GenericKubernetesResource plane = stage.capi.controlPlane(stage.cluster(namespace, cluster));
    List<GenericKubernetesResource> machines = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String name = cluster + "-cp-" + (char) ('a' + i);
      machines.add(stage.capi.controlPlaneMachine(plane, name));
      Nodes.put(stage.workload.client(), name, "True", Instant.now().minusSeconds(600));
    }
    return new Members(stage, plane, machines);
  }

  GenericKubernetesResource read(int index) {
    return stage.management.client().resource(machines.get(index)).get();
  }

  void nodeDies(int index) {
    String name = machines.get(index).getMetadata().getName();
    Nodes.put(stage.workload.client(), name, "Unknown", Instant.now().minusSeconds(300));
  }

  /** What KubeadmControlPlane does when it is asked and nothing stands against it. */
  void remediated(int index, String by) {
    GenericKubernetesResource old = read(index);
    stage.management.client().resource(old).delete();
    stage.capi.release(old);
    stage.workload.client().nodes().withName(old.getMetadata().getName()).delete();
    stage.capi.controlPlaneMachine(plane, by);
    Nodes.put(stage.workload.client(), by, "True", Instant.now());
  }
}
