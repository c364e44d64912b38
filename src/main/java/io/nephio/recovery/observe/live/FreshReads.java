package io.nephio.recovery.observe.live;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nephio.recovery.clusters.ClusterApiVersion;
import io.nephio.recovery.clusters.Contact;
import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.observe.Reading;
import java.util.List;

/** GETs and LISTs that no cache answers. */
record FreshReads(KubernetesClient management, ClusterApiVersion version) {
  private static final String CLUSTER_NAME = ClusterApiVersion.GROUP + "/cluster-name";

  Fresh read(ClusterRef ref, Contact contact) {
    GenericKubernetesResource cluster =
        management
            .genericKubernetesResources(version.clusters())
            .inNamespace(ref.namespace())
            .withName(ref.name())
            .get();
    if (cluster == null) {
      return new Fresh.Gone();
    }
    return new Fresh.Found(
        Reading.cluster(
            Trees.of(management, cluster),
            machines(ref),
            contact.reach(),
            nodes(contact),
            contact.kubeSystemUid()));
  }

  private List<Machine> machines(ClusterRef ref) {
    return management
        .genericKubernetesResources(version.machines())
        .inNamespace(ref.namespace())
        .withLabel(CLUSTER_NAME, ref.name())
        .list()
        .getItems()
        .stream()
        .map(m -> Reading.machine(Trees.of(management, m)))
        .toList();
  }

  private static Known<Node> nodes(Contact contact) {
    if (contact.client().isEmpty()) {
      return new Known.NotLooked<>();
    }
    KubernetesClient workload = contact.client().get();
    return new Known.Seen<>(
        workload.nodes().list().getItems().stream()
            .map(n -> Reading.node(Trees.of(workload, n)))
            .toList());
  }
}
