package io.nephio.recovery.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.nephio.recovery.servers.KubeApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operator as deploy/base installs it. */
public final class Shipped {
  public static final String NAMESPACE = deployment().getMetadata().getNamespace();

  /** The user that the operator's pod is to the API server. */
  public static final String USER =
      "system:serviceaccount:"
          + NAMESPACE
          + ":"
          + deployment().getSpec().getTemplate().getSpec().getServiceAccountName();

  private static final Map<String, String> SETTINGS = objects(ConfigMap.class).get(0).getData();

  private Shipped() {}

  /** As the operator's pod connects to the management cluster. */
  public static KubernetesClient client(KubeApiServer management) {
    return management.client(USER, "system:serviceaccounts", "system:serviceaccounts:" + NAMESPACE);
  }

  /** Everything, in the order in which it is applied. */
  public static String text() {
    try {
      var files = new ArrayList<String>();
      for (String name : Copies.order()) {
        files.add(Files.readString(Copies.BASE.resolve(name)));
      }
      return String.join("---\n", files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<HasMetadata> objects() {
    return new KubernetesSerialization().unmarshal(text());
  }

  static <T extends HasMetadata> List<T> objects(Class<T> kind) {
    return objects().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static Deployment deployment() {
    return objects(Deployment.class).get(0);
  }

  /** What the pod finds in its environment. */
  public static Map<String, String> environment(String podName) {
    var environment = new TreeMap<>(SETTINGS);
    environment.put("POD_NAMESPACE", NAMESPACE);
    environment.put("POD_NAME", podName);
    return environment;
  }
}
