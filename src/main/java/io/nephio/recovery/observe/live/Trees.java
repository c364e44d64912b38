package io.nephio.recovery.observe.live;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nephio.recovery.observe.Tree;
import java.util.Map;

/** Objects from an API server in the form in which files are read too. */
final class Trees {
  private Trees() {}

  static Tree of(KubernetesClient client, HasMetadata object) {
    Map<?, ?> fields = client.getKubernetesSerialization().convertValue(object, Map.class);
    return Tree.of(fields).orElseThrow();
  }
}
