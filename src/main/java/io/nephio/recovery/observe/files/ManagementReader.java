package io.nephio.recovery.observe.files;

import io.nephio.recovery.facts.ControlPlane;
import io.nephio.recovery.facts.HealthCheck;
import io.nephio.recovery.facts.InfraCluster;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.MachineOwner;
import io.nephio.recovery.facts.Management;
import io.nephio.recovery.observe.ManagementReading;
import io.nephio.recovery.observe.Reading;
import io.nephio.recovery.observe.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the management cluster's dump holds around the Machines of one Cluster. */
final class ManagementReader {
  private static final List<String> OWNERS =
      List.of("MachineDeployment", "MachineSet", "MachinePool");

  private final Seen seen;

  ManagementReader(Seen seen) {
    this.seen = seen;
  }

  Management of(Tree cluster) {
    Known<InfraCluster> infra = referred(cluster, "infrastructureRef", ManagementReading::infra);
    Known<ControlPlane> controlPlane =
        referred(cluster, "controlPlaneRef", ManagementReading::controlPlane);
    return ManagementReading.management(
        cluster, infra, controlPlane, owners(cluster), healthChecks(cluster));
  }

  /** The v1beta1 contract names a version in its references, v1beta2 only the group. */
  private <T> Known<T> referred(Tree cluster, String field, Function<Tree, T> read) {
    Tree ref = cluster.tree("spec", field);
    String kind = ref.kind();
    String group =
        ref.string("apiGroup").orElseGet(() -> ref.apiVersion().replaceAll("/[^/]*$", ""));
    if (kind.isEmpty() || !seen.looked(group, kind)) {
      return new Known.NotLooked<>();
    }
    String namespace = ref.string("namespace").orElseGet(() -> Reading.namespace(cluster));
    return new Known.Seen<>(
        seen.of(group, kind).stream()
            .filter(t -> t.name().equals(ref.text("name")))
            .filter(t -> Reading.namespace(t).equals(namespace))
            .map(read)
            .toList());
  }

  private Known<MachineOwner> owners(Tree cluster) {
    List<MachineOwner> owners = new ArrayList<>();
    boolean any = false;
    for (String kind : OWNERS) {
      any |= seen.looked(Reading.CLUSTER_API, kind);
      mine(cluster, kind).forEach(t -> owners.add(ManagementReading.owner(t)));
    }
    return any ? new Known.Seen<>(owners) : new Known.NotLooked<>();
  }

  private Known<HealthCheck> healthChecks(Tree cluster) {
    return seen.looked(Reading.CLUSTER_API, "MachineHealthCheck")
        ? new Known.Seen<>(
            mine(cluster, "MachineHealthCheck").stream()
                .map(ManagementReading::healthCheck)
                .toList())
        : new Known.NotLooked<>();
  }

  private List<Tree> mine(Tree cluster, String kind) {
    return seen.of(Reading.CLUSTER_API, kind).stream()
        .filter(t -> t.text("spec", "clusterName").equals(cluster.name()))
        .filter(t -> Reading.namespace(t).equals(Reading.namespace(cluster)))
        .toList();
  }
}
