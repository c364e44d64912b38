package io.nephio.recovery.observe.live;

import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.ControlPlane;
import io.nephio.recovery.facts.HealthCheck;
import io.nephio.recovery.facts.InfraCluster;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.MachineOwner;
import io.nephio.recovery.facts.Management;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.observe.ManagementReading;
import io.nephio.recovery.observe.Reading;
import io.nephio.recovery.observe.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What the management cluster holds of its Clusters, whoever provides their parts. */
record ManagementWatch(Watches watches, Instant at) {
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

  Known<Tree> clusters() {
    return watches.known(Reading.CLUSTER_API, "Cluster", tree -> tree, at);
  }

  Known<Machine> machines() {
    return watches.known(Reading.CLUSTER_API, "Machine", Reading::machine, at);
  }

  Management around(Tree cluster) {
    ClusterRef ref = Reading.clusterRef(cluster);
    return ManagementReading.management(
        cluster, infra(cluster), controlPlane(cluster), owners(ref), healthChecks(ref));
  }

  private Known<InfraCluster> infra(Tree cluster) {
    return named(cluster, "infrastructureRef", ManagementReading::infra, InfraCluster::ref);
  }

  private Known<ControlPlane> controlPlane(Tree cluster) {
    return named(cluster, "controlPlaneRef", ManagementReading::controlPlane, ControlPlane::ref);
  }

  /** The v1beta1 contract names a version in its references, v1beta2 only the group. */
  private <T> Known<T> named(
      Tree cluster, String field, Function<Tree, T> read, Function<T, ObjectRef> refOf) {
    Tree ref = cluster.tree("spec", field);
    String group =
        ref.string("apiGroup").orElseGet(() -> ref.apiVersion().replaceAll("/[^/]*$", ""));
    if (ref.kind().isEmpty()) {
      return new Known.NotLooked<>();
    }
    String namespace = ref.string("namespace").orElseGet(() -> Reading.namespace(cluster));
    return watches.known(group, ref.kind(), read, at) instanceof Known.Seen<T> seen
        ? new Known.Seen<>(
            seen.items().stream()
                .filter(o -> refOf.apply(o).name().equals(ref.text("name")))
                .filter(o -> Objects.equals(refOf.apply(o).namespace(), namespace))
                .toList())
        : new Known.NotLooked<>();
  }

  private Known<MachineOwner> owners(ClusterRef cluster) {
    List<MachineOwner> owners = new ArrayList<>();
    boolean any = false;
    for (String kind : OWNERS) {
      Known<MachineOwner> found = mine(kind, ManagementReading::owner, cluster);
      any |= found instanceof Known.Seen;
      owners.addAll(found.items());
    }
    return any ? new Known.Seen<>(owners) : new Known.NotLooked<>();
  }

  private Known<HealthCheck> healthChecks(ClusterRef cluster) {
    return mine("MachineHealthCheck", ManagementReading::healthCheck, cluster);
  }

  private <T> Known<T> mine(String kind, Function<Tree, T> read, ClusterRef cluster) {
    return watches.known(Reading.CLUSTER_API, kind, Of.reading(read), at)
            instanceof Known.Seen<Of<T>> seen
        ? new Known.Seen<>(
            seen.items().stream().filter(o -> o.cluster().equals(cluster)).map(Of::fact).toList())
        : new Known.NotLooked<>();
  }
}
