package io.nephio.recovery.observe.files;

import io.nephio.recovery.facts.ClusterRef;
import java.util.Optional;

/**
 * Where the objects of one workload cluster are.
 *
 * @param namespace of its Cluster; empty for any cluster of that name
 */
public record WorkloadSource(Optional<String> namespace, String cluster, String path) {

  /**
   * Reads {@code [NAMESPACE/]CLUSTER=PATH}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static WorkloadSource parse(String text) {
    int equals = text.indexOf('=');
    if (equals <= 0 || equals == text.length() - 1) {
      throw new IllegalArgumentException("'" + text + "' is not [NAMESPACE/]CLUSTER=PATH");
    }
    String cluster = text.substring(0, equals);
    int slash = cluster.indexOf('/');
    return new WorkloadSource(
        slash < 0 ? Optional.empty() : Optional.of(cluster.substring(0, slash)),
        cluster.substring(slash + 1),
        text.substring(equals + 1));
  }

  boolean isOf(ClusterRef ref) {
    return cluster.equals(ref.name()) && namespace.map(ref.namespace()::equals).orElse(true);
  }

  ClusterRef ref() {
    return new ClusterRef(namespace.orElse("default"), cluster);
  }
}
