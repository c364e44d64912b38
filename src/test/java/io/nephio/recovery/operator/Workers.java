package io.nephio.recovery.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.nephio.recovery.servers.Nodes;
import java.time.Instant;
import java.util.List;

/** The workers of a cluster, and what becomes of their Nodes. */
record Workers(
    Stage stage,
    String namespace,
    GenericKubernetesResource set,
    List<GenericKubernetesResource> machines) {
  String name(int index) {
    return machines.get(index).getMetadata().getName();
  }

  void nodeDies(int index) {
    nodeDies(index, Instant.now().minusSeconds(300));
  }

  void nodeDies(int index, Instant at) {
    Nodes.put(stage.workload.client(), name(index), "Unknown", at);
  }

  void nodeRecovers(int index) {
    Nodes.put(stage.workload.client(), name(index), "True", Instant.now());
  }

  /** What the Machine's finalizer, the MachineSet and the new host would do. */
  void replaced(int index, String by) {
    stage.capi.release(machines.get(index));
    stage.workload.client().nodes().withName(name(index)).delete();
    stage.capi.workerMachine(set, by);
    Nodes.put(stage.workload.client(), by, "True", Instant.now());
  }
}
