package io.nephio.recovery.clusters;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nephio.recovery.facts.ClusterRef;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The Secret {@code <cluster>-kubeconfig}, as Cluster API's contract names it. */
record KubeconfigSecret(KubernetesClient management, ClusterRef cluster) {
  private static final String KEY = "value";

  sealed interface Read {}

  record Found(String kubeconfig) implements Read {}

  record Absent(String text) implements Read {}

  Read read() {
    String name = cluster.name() + "-kubeconfig";
    String where = "Secret " + cluster.namespace() + "/" + name;
    try {
      Secret secret = management.secrets().inNamespace(cluster.namespace()).withName(name).get();
      if (secret == null) {
        return new Absent(where + " does not exist");
      }
      String value = secret.getData() == null ? null : secret.getData().get(KEY);
      return value == null
          ? new Absent(where + " has no key " + KEY)
          : new Found(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
    } catch (KubernetesClientException e) {
      return new Absent(where + " cannot be read: " + Trouble.text(e));
    }
  }
}
