package io.nephio.recovery.execute;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.clusters.Connections;
import io.nephio.recovery.clusters.Contact;
import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.plan.Ledger;
import java.time.Instant;
import java.util.function.Function;

/**
 * The workload cluster that a remediation is about, if it can be worked in now. An object of the
 * same name in somebody else's cluster is none of ours.
 */
sealed interface Site {
  record Open(KubernetesClient client) implements Site {}

  /**
   * Not now.
   *
   * @param elsewhere whether the kubeconfig leads to another cluster than the one decided about
   */
  record Shut(String why, boolean elsewhere) implements Site {}

  static Site of(RemediationSpec spec, Connections connections, Instant at) {
    ClusterRef ref = Ledger.cluster(spec);
    Contact contact =
        isManagement(spec) ? connections.management(at) : connections.contact(ref, at);
    if (contact.client().isEmpty()) {
      return new Shut("its cluster does not answer", false);
    }
    String decided = spec.cluster().kubeSystemUid();
    return decided.isEmpty() || decided.equals(contact.kubeSystemUid())
        ? new Open(contact.client().get())
        : new Shut("the kubeconfig leads to another cluster", true);
  }

  static boolean isManagement(RemediationSpec spec) {
    return Ledger.cluster(spec).equals(ClusterRef.MANAGEMENT) && spec.cluster().uid().isEmpty();
  }

  default <T> T map(Function<KubernetesClient, T> open, Function<String, T> shut) {
    return this instanceof Open site ? open.apply(site.client()) : shut.apply(((Shut) this).why());
  }
}
