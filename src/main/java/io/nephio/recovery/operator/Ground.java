package io.nephio.recovery.operator;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nephio.recovery.plan.Home;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the operator itself stands on. Its cluster is read once; until then it is not known. */
final class Ground {
  private static final Logger LOG = LoggerFactory.getLogger(Ground.class);
  private static final String IDENTITY = "kube-system";

  private final KubernetesClient management;
  private final Settings settings;
  private volatile String cluster = "";

  Ground(KubernetesClient management, Settings settings) {
    this.management = management;
    this.settings = settings;
  }

  Home home() {
    if (cluster.isEmpty()) {
      cluster = read();
    }
    return new Home(cluster, settings.podNamespace(), settings.nodeName());
  }

  String gitServer() {
    return settings.serverUrl();
  }

  private String read() {
    try {
      Namespace namespace = management.namespaces().withName(IDENTITY).get();
      return namespace == null ? "" : namespace.getMetadata().getUid();
    } catch (KubernetesClientException e) {
      LOG.warn("which cluster this is cannot be read: {}", e.getMessage());
      return "";
    }
  }
}
