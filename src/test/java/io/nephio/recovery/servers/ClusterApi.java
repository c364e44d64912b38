package io.nephio.recovery.servers;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Cluster API's own resource definitions and, in place of its controllers, objects written just as
 * those write them: the templates are what the controllers of the line left behind with a healthy
 * cluster. Finalizers are kept, so that a deleted machine stays until {@link #release}.
 *
 * <p>Both versions of the newer line are converted into each other by its controllers. Without them
 * the API server only writes another version on the object and drops what that does not know, so
 * whoever asks this server for v1beta1 gets an object with a status that is nearly empty.
 */
public final class ClusterApi {
  private static final List<String> DEFINITIONS =
      List.of(
          "cluster.x-k8s.io_clusters",
          "cluster.x-k8s.io_machines",
          "cluster.x-k8s.io_machinesets",
          "cluster.x-k8s.io_machinedeployments",
          "cluster.x-k8s.io_machinepools",
          "cluster.x-k8s.io_machinehealthchecks",
          "controlplane.cluster.x-k8s.io_kubeadmcontrolplanes");

  /** A line of releases, by what it serves. */
  public enum Line {
    /** 1.8: v1beta1 only. */
    V1BETA1("capi", "InMemoryCluster", "infrastructure.cluster.x-k8s.io/v1alpha1"),
    /** 1.14: v1beta2 is stored and preferred, v1beta1 is served too. */
    V1BETA2("capi-v1beta2", "DevCluster", "infrastructure.cluster.x-k8s.io/v1beta2");

    private final String server;
    private final String infrastructure;
    private final String provider;

    Line(String server, String infrastructure, String provider) {
      this.server = server;
      this.infrastructure = infrastructure;
      this.provider = provider;
    }

    /** Of Cluster API's own kinds. */
    public String version() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final KubernetesClient client;
  private final Line line;

  private ClusterApi(KubernetesClient client, Line line) {
    this.client = client;
    this.line = line;
  }

  public static ClusterApi install(KubeApiServer management) {
    return install(management, Line.V1BETA1);
  }

  public static ClusterApi install(KubeApiServer management, Line line) {
    Path folder = Servers.folder(line.server);
    DEFINITIONS.forEach(name -> management.apply(folder.resolve(name + ".yaml")));
    management.apply(
        Path.of(
            "src/test/resources/clusterapi/"
                + line.infrastructure.toLowerCase(Locale.ROOT)
                + "s.yaml"));
    await("Cluster API's definitions are served")
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> served(management.client(), line));
    return new ClusterApi(management.client(), line);
  }

  /** A provisioned cluster, in a namespace that is made if need be. */
  public GenericKubernetesResource cluster(String namespace, String name) {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .serverSideApply();
    provisioned(namespace, name);
    return create("cluster", Map.of("namespace", namespace, "name", name));
  }

  /** The ready infrastructure of the cluster of that name. */
  public void provisioned(String namespace, String name) {
    client.resource(infrastructure(namespace, name)).serverSideApply();
  }

  private GenericKubernetesResource infrastructure(String namespace, String name) {
    return Serialization.unmarshal(
        """
        apiVersion: %s
        kind: %s
        metadata: {namespace: %s, name: %s}
        status: {ready: true, initialization: {provisioned: true}}
        """
            .formatted(line.provider, line.infrastructure, namespace, name),
        GenericKubernetesResource.class);
  }

  /** The control plane of three that a cluster refers to. */
  public GenericKubernetesResource controlPlane(GenericKubernetesResource cluster) {
    return create("controlplane", owned(cluster, name(cluster) + "-cp", name(cluster)));
  }

  public GenericKubernetesResource controlPlaneMachine(
      GenericKubernetesResource controlPlane, String name) {
    return create("controlplane-machine", owned(controlPlane, name, clusterOf(controlPlane)));
  }

  public GenericKubernetesResource machineDeployment(
      GenericKubernetesResource cluster, String name, int replicas) {
    Map<String, String> values = owned(cluster, name, name(cluster));
    values.put("replicas", Integer.toString(replicas));
    return create("machinedeployment", values);
  }

  /** The machine set of a deployment, called as it with {@code -k25lx} behind. */
  public GenericKubernetesResource machineSet(GenericKubernetesResource deployment) {
    Map<String, String> values =
        owned(deployment, name(deployment) + "-k25lx", clusterOf(deployment));
    values.put("replicas", deployment.get("spec", "replicas").toString());
    return create("machineset", values);
  }

  /** A running worker whose node has its name. */
  public GenericKubernetesResource workerMachine(
      GenericKubernetesResource machineSet, String name) {
    Map<String, String> values = owned(machineSet, name, clusterOf(machineSet));
    values.put(
        "deployment", machineSet.getMetadata().getLabels().get("cluster.x-k8s.io/deployment-name"));
    return create("worker-machine", values);
  }

  /** The secret by which a cluster is reached. */
  public void kubeconfig(GenericKubernetesResource cluster, String kubeconfig) {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(cluster.getMetadata().getNamespace())
                .withName(name(cluster) + "-kubeconfig")
                .addToLabels("cluster.x-k8s.io/cluster-name", name(cluster))
                .endMetadata()
                .withType("cluster.x-k8s.io/secret")
                .addToStringData("value", kubeconfig)
                .build())
        .forceConflicts()
        .serverSideApply();
  }

  /** Sets one condition of any of these objects and leaves the others. */
  public GenericKubernetesResource condition(
      GenericKubernetesResource object, String type, String status, String reason, Instant since) {
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("type", type);
    condition.put("status", status);
    condition.put("lastTransitionTime", seconds(since));
    if (line == Line.V1BETA2) {
      condition.put("reason", reason);
      condition.put("message", "");
    } else if (!status.equals("True")) {
      condition.put("reason", reason);
    }
    if (line == Line.V1BETA1 && status.equals("False")) {
      condition.put("severity", "Warning");
    }
    return client
        .resource(latest(object))
        .editStatus(
            current -> {
              Map<String, Object> stored = current.get("status");
              List<Map<String, Object>> conditions = current.get("status", "conditions");
              List<Map<String, Object>> edited = new ArrayList<>(conditions);
              edited.removeIf(other -> type.equals(other.get("type")));
              edited.add(condition);
              stored.put("conditions", edited);
              return current;
            });
  }

  /** A machine given up for good, as its controller reports a terminal failure. */
  public GenericKubernetesResource fail(
      GenericKubernetesResource machine, String reason, String message) {
    return client
        .resource(latest(machine))
        .editStatus(
            current -> {
              Map<String, Object> status = current.get("status");
              status.put("phase", "Failed");
              Map<String, Object> failure =
                  line == Line.V1BETA1 ? status : current.get("status", "deprecated", "v1beta1");
              failure.put("failureReason", reason);
              failure.put("failureMessage", message);
              return current;
            });
  }

  /** Lets a deleted object go, as its controller does when it has cleaned up. */
  public void release(GenericKubernetesResource object) {
    client
        .resource(latest(object))
        .edit(
            current -> {
              current.getMetadata().setFinalizers(List.of());
              return current;
            });
  }

  /** The client edits what it is handed, and a test may hold an object that has since changed. */
  private GenericKubernetesResource latest(GenericKubernetesResource object) {
    return client.resource(object).get();
  }

  private GenericKubernetesResource create(String template, Map<String, String> values) {
    String text = template(template).replace("${since}", seconds(Instant.now()));
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue());
    }
    GenericKubernetesResource wanted =
        Serialization.unmarshal(text, GenericKubernetesResource.class);
    GenericKubernetesResource created = client.resource(wanted).create();
    created.setAdditionalProperty("status", wanted.get("status"));
    return client.resource(created).updateStatus();
  }

  private static Map<String, String> owned(
      GenericKubernetesResource owner, String name, String cluster) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("namespace", owner.getMetadata().getNamespace());
    values.put("name", name);
    values.put("cluster", cluster);
    values.put("owner", name(owner));
    values.put("uid", owner.getMetadata().getUid());
    return values;
  }

  private String template(String name) {
    String path = "/clusterapi/" + line.version() + "/" + name + ".yaml";
    try (InputStream stream = ClusterApi.class.getResourceAsStream(path)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean served(KubernetesClient client, Line line) {
    APIResourceList core = client.getApiResources("cluster.x-k8s.io/" + line.version());
    APIResourceList control =
        client.getApiResources("controlplane.cluster.x-k8s.io/" + line.version());
    return client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
            .allMatch(ClusterApi::established)
        && core != null
        && control != null
        && Stream.of(core, control)
            .flatMap(list -> list.getResources().stream())
            .map(APIResource::getName)
            .collect(Collectors.toSet())
            .containsAll(DEFINITIONS.stream().map(name -> name.replaceAll(".*_", "")).toList());
  }

  private static boolean established(CustomResourceDefinition definition) {
    return definition.getStatus() != null
        && definition.getStatus().getConditions() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
  }

  private static String clusterOf(GenericKubernetesResource object) {
    return object.getMetadata().getLabels().get("cluster.x-k8s.io/cluster-name");
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }

  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
