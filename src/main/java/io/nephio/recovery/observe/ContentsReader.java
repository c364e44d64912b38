package io.nephio.recovery.observe;

import io.nephio.recovery.facts.Contents;
import io.nephio.recovery.facts.Crd;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Lease;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.Workload;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What runs in one cluster. */
public record ContentsReader(Source source) {
  private static final String CORE = "";
  private static final String APPS = "apps";
  private static final List<String> WORKLOADS = List.of("Deployment", "StatefulSet", "DaemonSet");

  public Known<Node> nodes() {
    return source.known(CORE, "Node", Reading::node);
  }

  public Contents contents() {
    return new Contents(
        of(CORE, "Pod", ContentsReading::pod),
        workloads(),
        of(APPS, "ReplicaSet", ContentsReading::replicaSet),
        of("batch", "Job", ContentsReading::job),
        of("policy", "PodDisruptionBudget", ContentsReading::budget),
        leases(),
        crds());
  }

  public Known<Crd> crds() {
    return of("apiextensions.k8s.io", "CustomResourceDefinition", ContentsReading::crd);
  }

  private Known<Workload> workloads() {
    return source.together(APPS, WORKLOADS, kind -> of(APPS, kind, ContentsReading::workload));
  }

  private Known<Lease> leases() {
    return source.known("coordination.k8s.io", "Lease", ContentsReading::lease)
            instanceof Known.Seen<Optional<Lease>> seen
        ? new Known.Seen<>(seen.items().stream().flatMap(Optional::stream).toList())
        : new Known.NotLooked<>();
  }

  private <T> Known<T> of(String group, String kind, Function<Tree, T> read) {
    return source.known(group, kind, read);
  }
}
