package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Owner;
import io.nephio.recovery.facts.Pod;
import io.nephio.recovery.judge.Scene;
import java.util.List;

/** The agents that give Nodes their network, known by the names their projects give them. */
final class Cni {
  private static final List<String> AGENTS =
      List.of(
          "cilium",
          "calico-node",
          "canal",
          "kube-flannel",
          "antrea-agent",
          "weave-net",
          "kube-router",
          "kindnet",
          "ovnkube-node",
          "aws-node",
          "azure-cni",
          "multus");

  private Cni() {}

  static boolean agent(Owner owner) {
    return owner.kind().equals("DaemonSet")
        && AGENTS.stream().anyMatch(a -> owner.name().startsWith(a));
  }

  /** Agents that are not ready, one for each Node. */
  static List<Pod> failing(Scene scene) {
    return scene.cluster().contents().pods().items().stream()
        .filter(p -> p.controller().filter(Cni::agent).isPresent())
        .filter(p -> !p.isReady() && !p.deleting() && !p.finished())
        .toList();
  }
}
