package io.nephio.recovery.clusters;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.nephio.recovery.facts.Reach;
import java.util.Optional;

/**
 * What came of asking a workload cluster who it is.
 *
 * @param kubeSystemUid uid of its namespace kube-system; empty unless reached
 * @param client to ask it more; present when reached
 */
public record Contact(Reach reach, String kubeSystemUid, Optional<KubernetesClient> client) {

  static Contact none(Reach reach) {
    return new Contact(reach, "", Optional.empty());
  }
}
