package io.nephio.recovery.observe;

import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.ControlPlane;
import io.nephio.recovery.facts.HealthCheck;
import io.nephio.recovery.facts.InfraCluster;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.MachineOwner;
import io.nephio.recovery.facts.Management;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.PorchRepository;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What the management cluster holds of its Clusters, whoever provides their parts. */
public record ManagementReader(Source source) {
  private static final String PORCH = "config.porch.kpt.dev";
  private static final List<String> OWNERS =
      List.of("MachineDeployment", "MachineSet", "MachinePool");

  /** A fact of one Cluster, which the fact itself does not name. */
  private record Of<T>(ClusterRef cluster, T fact) {

    static <T> Function<Tree, Of<T>> reading(Function<Tree, T> read) {
      return tree ->
          new Of<>(
              new ClusterRef(Reading.namespace(tree), tree.text("spec", "clusterName")),
              read.apply(tree));
    }
  }

  /** What a Cluster refers to. Some providers let one object be both. */
  private record Part(InfraCluster infra, ControlPlane controlPlane) {
    static Part of(Tree tree) {
      return new Part(ManagementReading.infra(tree), ManagementReading.controlPlane(tree));
    }

    ObjectRef ref() {
      return infra.ref();
    }
  }

  public Known<Tree> clusters() {
    return source.known(Reading.CLUSTER_API, "Cluster", tree -> tree);
  }

  public Known<Machine> machines() {
    return source.known(Reading.CLUSTER_API, "Machine", Reading::machine);
  }

  public Management around(Tree cluster) {
    ClusterRef ref = Reading.clusterRef(cluster);
    return ManagementReading.management(
        cluster,
        named(cluster, "infrastructureRef", Part::infra),
        named(cluster, "controlPlaneRef", Part::controlPlane),
        owners(ref),
        healthChecks(ref),
        repositories(ref));
  }

  /** The v1beta1 contract names a version in its references, v1beta2 only the group. */
  private <T> Known<T> named(Tree cluster, String field, Function<Part, T> as) {
    Tree ref = cluster.tree("spec", field);
    String group =
        ref.string("apiGroup").orElseGet(() -> ref.apiVersion().replaceAll("/[^/]*$", ""));
    if (ref.kind().isEmpty()) {
      return new Known.NotLooked<>();
    }
    String namespace = ref.string("namespace").orElseGet(() -> Reading.namespace(cluster));
    return source.known(group, ref.kind(), Part::of) instanceof Known.Seen<Part> seen
        ? new Known.Seen<>(
            seen.items().stream()
                .filter(p -> p.ref().name().equals(ref.text("name")))
                .filter(p -> Objects.equals(p.ref().namespace(), namespace))
                .map(as)
                .toList())
        : new Known.NotLooked<>();
  }

  /** What is registered with Porch; nothing where Porch is not installed. */
  public Known<Optional<PorchRepository>> repositories() {
    Known<Optional<PorchRepository>> known =
        source.known(PORCH, "Repository", ManagementReading::repository);
    return known instanceof Known.NotLooked && !source.serves(PORCH, "Repository")
        ? new Known.Seen<>(List.of())
        : known;
  }

  /** They bear the Cluster's name, wherever they are, but not beside another Cluster of it. */
  private Known<PorchRepository> repositories(ClusterRef cluster) {
    if (!(repositories() instanceof Known.Seen<Optional<PorchRepository>> seen)) {
      return new Known.NotLooked<>();
    }
    List<String> others =
        clusters().items().stream()
            .map(Reading::clusterRef)
            .filter(other -> other.name().equals(cluster.name()) && !other.equals(cluster))
            .map(ClusterRef::namespace)
            .toList();
    return new Known.Seen<>(
        seen.items().stream()
            .flatMap(Optional::stream)
            .filter(r -> r.ref().name().equals(cluster.name()))
            .filter(r -> !others.contains(r.ref().namespace()))
            .toList());
  }

  private Known<MachineOwner> owners(ClusterRef cluster) {
    return source.together(
        Reading.CLUSTER_API, OWNERS, kind -> mine(kind, ManagementReading::owner, cluster));
  }

  private Known<HealthCheck> healthChecks(ClusterRef cluster) {
    return mine("MachineHealthCheck", ManagementReading::healthCheck, cluster);
  }

  private <T> Known<T> mine(String kind, Function<Tree, T> read, ClusterRef cluster) {
    return source.known(Reading.CLUSTER_API, kind, Of.reading(read))
            instanceof Known.Seen<Of<T>> seen
        ? new Known.Seen<>(
            seen.items().stream().filter(o -> o.cluster().equals(cluster)).map(Of::fact).toList())
        : new Known.NotLooked<>();
  }
}
