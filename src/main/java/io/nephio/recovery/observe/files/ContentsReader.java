package io.nephio.recovery.observe.files;

import io.nephio.recovery.facts.Contents;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.Workload;
import io.nephio.recovery.observe.ContentsReading;
import io.nephio.recovery.observe.Reading;
import io.nephio.recovery.observe.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What one cluster's dumps hold of what runs in it: a kind that is in none was not looked at. */
final class ContentsReader {
  private static final String CORE = "";
  private static final String APPS = "apps";
  private static final List<String> WORKLOADS = List.of("Deployment", "StatefulSet", "DaemonSet");

  private final Seen seen;

  ContentsReader(Seen seen) {
    this.seen = seen;
  }

  Contents contents() {
    return new Contents(
        of(CORE, "Pod", ContentsReading::pod),
        workloads(),
        of(APPS, "ReplicaSet", ContentsReading::replicaSet),
        of("batch", "Job", ContentsReading::job),
        of("policy", "PodDisruptionBudget", ContentsReading::budget),
        some("coordination.k8s.io", "Lease", ContentsReading::lease),
        of("apiextensions.k8s.io", "CustomResourceDefinition", ContentsReading::crd));
  }

  Known<Node> nodes() {
    return of(CORE, "Node", Reading::node);
  }

  private Known<Workload> workloads() {
    List<Workload> all = new ArrayList<>();
    boolean any = false;
    for (String kind : WORKLOADS) {
      any |= seen.looked(APPS, kind);
      seen.of(APPS, kind).forEach(t -> all.add(ContentsReading.workload(t)));
    }
    return any ? new Known.Seen<>(all) : new Known.NotLooked<>();
  }

  private <T> Known<T> of(String group, String kind, Function<Tree, T> read) {
    return some(group, kind, read.andThen(Optional::of));
  }

  private <T> Known<T> some(String group, String kind, Function<Tree, Optional<T>> read) {
    return seen.looked(group, kind)
        ? new Known.Seen<>(
            seen.of(group, kind).stream()
                .flatMap(t -> read.apply(t).map(Stream::of).orElseGet(Stream::empty))
                .toList())
        : new Known.NotLooked<>();
  }
}
