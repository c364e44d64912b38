package io.nephio.recovery.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nephio.recovery.servers.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A cluster that Cluster API's own controllers have made, on their provider in memory. */
final class RealCluster implements AutoCloseable {
  private static final String CAPI = "cluster.x-k8s.io/v1beta2";
  private static final String CONTROL_PLANE = "cluster.x-k8s.io/control-plane";
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Stage stage;
  private final String namespace;
  private final Line line;
  private final KubernetesClient inside;

  /** Waits until all of it is available. */
  RealCluster(Stage stage, String namespace, String name, int members, int workers) {
    this.stage = stage;
    this.namespace = namespace;
    stage
        .management
        .client()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    stage.management.apply(
        template()
            .replace("${namespace}", namespace)
            .replace("${name}", name)
            .replace("${members}", Integer.toString(members))
            .replace("${workers}", Integer.toString(workers)));
    Stage.waiting().atMost(LONG).until(() -> running(true) == members && running(false) == workers);
    String text = kubeconfig(name);
    line = Line.toPlain(text);
    inside = inside(name, text);
  }

  private long running(boolean controlPlane) {
    return machines(controlPlane).stream()
        .filter(m -> "Running".equals(m.get("status", "phase")) && isTrue(m, "Ready"))
        .count();
  }

  /** As its administrator; the operator comes by a line of its own. */
  private KubernetesClient inside(String name, String text) {
    Config config = Config.fromKubeconfig(text);
    config.setHttp2Disable(true);
    String url = config.getMasterUrl().replaceAll("/$", "");
    String theirs = base64(text.replace(url, line.url()));
    secret(name)
        .edit(
            secret -> {
              secret.getData().put("value", theirs);
              return secret;
            });
    KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
    if (client.namespaces().withName("kube-system").get() == null) {
      client
          .resource(
              new NamespaceBuilder()
                  .withNewMetadata()
                  .withName("kube-system")
                  .endMetadata()
                  .build())
          .create();
    }
    return client;
  }

  private Resource<Secret> secret(String name) {
    return stage
        .management
        .client()
        .secrets()
        .inNamespace(namespace)
        .withName(name + "-kubeconfig");
  }

  private String kubeconfig(String name) {
    byte[] value = Base64.getDecoder().decode(secret(name).get().getData().get("value"));
    return new String(value, StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  KubernetesClient inside() {
    return inside;
  }

  /** Those that are not on their way out. */
  List<GenericKubernetesResource> machines(boolean controlPlane) {
    return stage
        .management
        .client()
        .genericKubernetesResources(CAPI, "Machine")
        .inNamespace(namespace)
        .list()
        .getItems()
        .stream()
        .filter(m -> m.getMetadata().getLabels().containsKey(CONTROL_PLANE) == controlPlane)
        .filter(m -> m.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  static boolean isTrue(GenericKubernetesResource machine, String condition) {
    List<Map<String, Object>> conditions = machine.get("status", "conditions");
    return conditions.stream()
        .anyMatch(c -> condition.equals(c.get("type")) && "True".equals(c.get("status")));
  }

  static String node(GenericKubernetesResource machine) {
    return machine.get("status", "nodeRef", "name");
  }

  /** A merge patch of the whole list: the API server in memory knows no other. */
  void nodeDies(GenericKubernetesResource machine) {
    Node node = inside.nodes().withName(node(machine)).get();
    for (NodeCondition condition : node.getStatus().getConditions()) {
      if (condition.getType().equals("Ready")) {
        condition.setStatus("Unknown");
        condition.setReason("NodeStatusUnknown");
        condition.setLastTransitionTime(Instant.now().minusSeconds(300).toString());
      }
    }
    String conditions =
        inside.getKubernetesSerialization().asJson(node.getStatus().getConditions());
    inside
        .nodes()
        .withName(node(machine))
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\": {\"conditions\": " + conditions + "}}");
  }

  private static String template() {
    try (InputStream stream =
        RealCluster.class.getResourceAsStream("/clusterapi/controllers/cluster.yaml")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    inside.close();
    line.close();
  }
}
