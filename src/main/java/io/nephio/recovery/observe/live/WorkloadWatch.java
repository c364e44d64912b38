package io.nephio.recovery.observe.live;

import io.nephio.recovery.facts.Contents;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Lease;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.Workload;
import io.nephio.recovery.observe.ContentsReading;
import io.nephio.recovery.observe.Reading;
import io.nephio.recovery.observe.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What runs in one workload cluster. */
record WorkloadWatch(Watches watches, Instant at) {
  private static final String CORE = "";
  private static final String APPS = "apps";
  private static final List<String> WORKLOADS = List.of("Deployment", "StatefulSet", "DaemonSet");

  Known<Node> nodes() {
    return watches.known(CORE, "Node", Reading::node, at);
  }

  Contents contents() {
    return new Contents(
        of(CORE, "Pod", ContentsReading::pod),
        workloads(),
        of(APPS, "ReplicaSet", ContentsReading::replicaSet),
        of("batch", "Job", ContentsReading::job),
        of("policy", "PodDisruptionBudget", ContentsReading::budget),
        leases(),
        of("apiextensions.k8s.io", "CustomResourceDefinition", ContentsReading::crd));
  }

  private Known<Workload> workloads() {
    List<Workload> all = new ArrayList<>();
    boolean any = false;
    for (String kind : WORKLOADS) {
      Known<Workload> found = of(APPS, kind, ContentsReading::workload);
      any |= found instanceof Known.Seen;
      all.addAll(found.items());
    }
    return any ? new Known.Seen<>(all) : new Known.NotLooked<>();
  }

  /** Every Node renews one every ten seconds, and wakes nobody by it. */
  private Known<Lease> leases() {
    return watches.quietly("coordination.k8s.io", "Lease", ContentsReading::lease, at)
            instanceof Known.Seen<Optional<Lease>> seen
        ? new Known.Seen<>(seen.items().stream().flatMap(Optional::stream).toList())
        : new Known.NotLooked<>();
  }

  private <T> Known<T> of(String group, String kind, Function<Tree, T> read) {
    return watches.known(group, kind, read, at);
  }
}
