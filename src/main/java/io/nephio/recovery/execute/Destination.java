package io.nephio.recovery.execute;

import io.nephio.recovery.facts.ClusterRef;
import java.util.Optional;

/**
 * The cluster that an engine is to apply to, as its objects name it: the one they are in, or, in
 * the management cluster, one that they reach by its kubeconfig.
 *
 * @param cluster empty for the one that they are in
 * @param server of that cluster, as its kubeconfig has it
 */
record Destination(Optional<ClusterRef> cluster, String server) {
  static final Destination HERE = new Destination(Optional.empty(), "");

  static Destination of(ClusterRef cluster, String server) {
    return new Destination(Optional.of(cluster), plain(server));
  }

  boolean isHere() {
    return cluster.isEmpty();
  }

  /** Whether a Secret is the one that Cluster API keeps for it. */
  boolean isKubeconfig(String namespace, String secret) {
    return cluster
        .filter(c -> c.namespace().equals(namespace) && secret.equals(c.name() + "-kubeconfig"))
        .isPresent();
  }

  boolean isNamed(String name, String url) {
    return cluster.filter(c -> c.name().equals(name) || server.equals(plain(url))).isPresent();
  }

  private static String plain(String url) {
    return url.replaceAll("/+$", "");
  }
}
