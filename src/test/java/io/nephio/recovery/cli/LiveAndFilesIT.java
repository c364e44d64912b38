package io.nephio.recovery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.nephio.recovery.clusters.Connections;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Oversight;
import io.nephio.recovery.observe.files.FleetReader;
import io.nephio.recovery.observe.files.Input;
import io.nephio.recovery.observe.files.Observation;
import io.nephio.recovery.observe.files.WorkloadSource;
import io.nephio.recovery.observe.live.LiveFleet;
import io.nephio.recovery.observe.live.Sight;
import io.nephio.recovery.plan.Assignment;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.Planner;
import io.nephio.recovery.plan.Policy;
import io.nephio.recovery.servers.ClusterApi;
import io.nephio.recovery.servers.KubeApiServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same objects through the watches and through what kubectl would print of them: the same
 * facts, and the same plan to the byte. They are what Cluster API's controllers wrote, put into
 * real API servers that serve the version of the contract, and what runs in a workload cluster
 * besides.
 */
class LiveAndFilesIT {
  private static final Instant AT = Instant.parse("2026-11-25T04:30:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> INSIDE =
      List.of(
          "/api/v1/namespaces",
          "/api/v1/nodes",
          "/api/v1/pods",
          "/apis/apps/v1/deployments",
          "/apis/apps/v1/statefulsets",
          "/apis/apps/v1/daemonsets",
          "/apis/apps/v1/replicasets",
          "/apis/batch/v1/jobs",
          "/apis/policy/v1/poddisruptionbudgets",
          "/apis/coordination.k8s.io/v1/leases",
          "/apis/apiextensions.k8s.io/v1/customresourcedefinitions");
  private static final List<String> KINDS =
      List.of(
          "clusters",
          "machines",
          "machinedeployments",
          "machinesets",
          "machinepools",
          "machinehealthchecks");

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} in {1}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v1.14.2/one-worker-unhealthy | V1BETA2 | wl2 | ReplaceNode
          v1.8.4/one-cp-unhealthy      | V1BETA1 | o2  | ReplaceMachine
          """)
  void areOneAndTheSame(String state, ClusterApi.Line line, String cluster, String told)
      throws IOException {
    try (KubeApiServer management = KubeApiServer.start("management");
        KubeApiServer workload = KubeApiServer.start("workload");
        Connections connections = new Connections(management.client());
        LiveFleet live = new LiveFleet(management.client(), connections, () -> {})) {
      ClusterApi capi = ClusterApi.install(management, line);
      Path golden = Path.of("src/test/resources/golden", state);
      load(management.client(), golden, "." + line.version() + ".yaml");
      load(workload.client(), golden, "nodes.yaml");
      load(workload.client(), Path.of("src/test/resources/inside"), ".yaml");
      capi.provisioned("default", cluster);
      capi.kubeconfig(
          management
              .client()
              .genericKubernetesResources("cluster.x-k8s.io/" + line.version(), "Cluster")
              .inNamespace("default")
              .withName(cluster)
              .get(),
          workload.kubeconfig());

      Path policy = policy();
      Path outside = dump(management.client(), "management", line);
      Path inside = dump(workload.client(), "workload", line);
      Observation files =
          new FleetReader(new Input(new ByteArrayInputStream(new byte[0])))
              .read(
                  List.of(policy.toString()),
                  List.of(outside.toString()),
                  List.of(WorkloadSource.parse(cluster + "=" + inside)),
                  Instant.now());
      Fleet fleet = awaitTheSame(live, files.fleet());
      assertThat(plan(files.policies().get(0), fleet))
          .isEqualTo(plan(policy, outside, cluster + "=" + inside))
          .contains(told, "PodCrashLoop", "WorkloadStalled", "CrdMissing", "\"management\"");
    }
  }

  /** The watches take a moment to list everything. */
  private static Fleet awaitTheSame(LiveFleet live, Fleet files) {
    AtomicReference<Fleet> seen = new AtomicReference<>();
    await("the same facts")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () -> {
              seen.set(look(live));
              assertThat(seen.get())
                  .usingRecursiveComparison()
                  .withStrictTypeChecking()
                  .ignoringCollectionOrder()
                  .isEqualTo(files);
            });
    return seen.get();
  }

  private static Fleet look(LiveFleet live) {
    Sight sight = live.look(Instant.now(), Oversight.WHOLE);
    assertThat(sight).isInstanceOf(Sight.Seen.class);
    return ((Sight.Seen) sight).fleet();
  }

  /** As the operator plans, printed as the command prints. */
  private static String plan(Policy policy, Fleet fleet) {
    Fleet own = new Assignment(List.of(policy)).of(policy, fleet);
    Ledger ledger = Ledger.empty();
    Planned planned =
        Planned.of(
            policy, Planner.plan(policy, own, ledger, AT), ledger, Repositories.open(Map.of()));
    try (Repositories none = Repositories.open(Map.of())) {
      none.prepare(planned.drafts(), false);
      return PlanJson.text(AT, List.of(planned), none);
    }
  }

  private static String plan(Path policy, Path management, String workload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Recovery.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            "plan",
            "-o",
            "json",
            "--at",
            AT.toString(),
            "--policy",
            policy.toString(),
            "--management",
            management.toString(),
            "--workload",
            workload);
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isIn(0, 10);
    return out.toString(StandardCharsets.UTF_8);
  }

  private Path policy() throws IOException {
    return Files.writeString(
        folder.resolve("policy.yaml"),
        """
        apiVersion: recovery.nephio.io/v1alpha1
        kind: ClusterPolicy
        metadata: {name: p, namespace: default, creationTimestamp: "2026-01-01T00:00:00Z", uid: p1}
        spec:
          clusterSelector: {}
          includeManagementCluster: true
          criticalCRDs: {management: [missing.example.com], workload: [missing.example.com]}
        """);
  }

  /** Creates every object with its status, which an API server takes only by itself. */
  private static void load(KubernetesClient client, Path directory, String suffix)
      throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(suffix)).sorted().toList()) {
        for (GenericKubernetesResource object : objects(Files.readString(file))) {
          create(client, object);
        }
      }
    }
  }

  private static void create(KubernetesClient client, GenericKubernetesResource object) {
    String namespace = object.getMetadata().getNamespace();
    if (namespace != null) {
      client
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
          .serverSideApply();
    }
    Object status = object.get("status");
    object.getMetadata().setResourceVersion(null);
    object.getMetadata().setUid(null);
    GenericKubernetesResource created = client.resource(object).create();
    if (status != null && !status.equals(created.get("status"))) {
      created.setAdditionalProperty("status", status);
      client.resource(created).updateStatus();
    }
  }

  private static List<GenericKubernetesResource> objects(String yaml) {
    List<GenericKubernetesResource> objects = new ArrayList<>();
    for (String document : yaml.split("(?m)^---$", -1)) {
      JsonNode tree = Serialization.unmarshal(document, JsonNode.class);
      (tree.has("items") ? tree.get("items") : List.of(tree))
          .forEach(o -> objects.add(JSON.convertValue(o, GenericKubernetesResource.class)));
    }
    return objects;
  }

  /** What {@code kubectl get … -o yaml} prints of everything that is looked at. */
  private Path dump(KubernetesClient client, String name, ClusterApi.Line line) throws IOException {
    List<String> paths = new ArrayList<>(INSIDE);
    if (name.equals("management")) {
      KINDS.forEach(k -> paths.add("/apis/cluster.x-k8s.io/" + line.version() + "/" + k));
      paths.add("/apis/controlplane.cluster.x-k8s.io/" + line.version() + "/kubeadmcontrolplanes");
      paths.add(
          line == ClusterApi.Line.V1BETA1
              ? "/apis/infrastructure.cluster.x-k8s.io/v1alpha1/inmemoryclusters"
              : "/apis/infrastructure.cluster.x-k8s.io/v1beta2/devclusters");
    }
    Path directory = Files.createDirectory(folder.resolve(name));
    for (String path : paths) {
      Files.writeString(
          directory.resolve(path.replaceAll(".*/", "") + ".yaml"),
          Serialization.asYaml(JSON.treeToValue(printed(client, path), Map.class)));
    }
    return directory;
  }

  private static JsonNode printed(KubernetesClient client, String path)
      throws JsonProcessingException {
    String text = client.raw(path);
    if (text == null) {
      throw new KubernetesClientException(path + " is not served");
    }
    return JSON.readTree(text);
  }
}
