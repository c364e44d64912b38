package io.nephio.recovery.clusters;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Optional;

/** A kind as an API server serves it, in the version that the server prefers. */
public final class ServedKind {
  private ServedKind() {}

  /**
   * Asks the server.
   *
   * @param group empty for the core group
   * @return empty if it is not served
   */
  public static Optional<ResourceDefinitionContext> discover(
      KubernetesClient client, String group, String kind) {
    return ServedGroup.discover(client, group).flatMap(served -> served.kind(kind));
  }
}
