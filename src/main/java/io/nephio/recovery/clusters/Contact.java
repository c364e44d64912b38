package io.nephio.recovery.clusters;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nephio.recovery.facts.Reach;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of asking a cluster who it is.
 *
 * @param kubeSystemUid uid of its namespace kube-system; empty unless reached
 * @param client to ask it more; present when reached
 */
public record Contact(Reach reach, String kubeSystemUid, Optional<KubernetesClient> client) {
  private static final String IDENTITY = "kube-system";

  static Contact none(Reach reach) {
    return new Contact(reach, "", Optional.empty());
  }

  /**
   * Asks now.
   *
   * @param since when it began to fail, if it fails
   */
  static Contact ask(KubernetesClient client, Instant since) {
    try {
      Namespace found = client.namespaces().withName(IDENTITY).get();
      return found == null
          ? none(new Reach.Unreachable(since, "it has no namespace " + IDENTITY))
          : new Contact(new Reach.Reached(), found.getMetadata().getUid(), Optional.of(client));
    } catch (KubernetesClientException e) {
      return none(Trouble.reach(e, since));
    }
  }
}
