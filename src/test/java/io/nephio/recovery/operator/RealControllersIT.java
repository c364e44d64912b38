package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.git.ClockProbe;
import io.nephio.recovery.servers.AuditEntry;
import io.nephio.recovery.servers.ClusterApiControllers;
import io.nephio.recovery.servers.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * With Cluster API's own controllers: what is merged brings a new Machine and a new Node, of a
 * worker and of a control plane, and what has become unsafe meanwhile brings nothing.
 */
class RealControllersIT {
  private static final String CAPI = "cluster.x-k8s.io/v1beta2";
  private static final Duration LONG = Duration.ofMinutes(5);

  @AutoClose private static Stage stage;
  @AutoClose private static ClusterApiControllers controllers;
  private static final List<Line> LINES = new ArrayList<>();

  @BeforeAll
  static void set() {
    ClockProbe.finish();
    stage = new Stage(Optional.empty());
    controllers = ClusterApiControllers.start(stage.management);
  }

  @AfterEach
  void clear() {
    stage.clear();
    LINES.forEach(Line::close);
    LINES.clear();
  }

  @Test
  void aMergedWorkerReplacementBringsANewMachineAndNode() {
    try (KubernetesClient inside = cluster("real", "edge71", 1, 4)) {
      stage.policy("real", "fleet");
      stage.start();
      GenericKubernetesResource sick = machines("real", false).get(0);
      nodeDies(inside, node(sick));
      Remediation proposed = proposed("real");
      assertThat(machines("real", false)).hasSize(4);

      merge(proposed);

      await("real", Phase.Succeeded);
      assertThat(names(machines("real", false)))
          .hasSize(4)
          .doesNotContain(sick.getMetadata().getName());
      assertThat(inside.nodes().withName(node(sick)).get()).isNull();
      assertThat(deleted("real")).containsExactly(sick.getMetadata().getName());
    }
  }

  @Test
  void aMergedControlPlaneReplacementBringsANewMemberAndAnUnsafeOneNothing() {
    try (KubernetesClient inside = cluster("plane", "edge72", 3, 0)) {
      stage.policy("plane", "fleet");
      stage.start();
      GenericKubernetesResource sick = machines("plane", true).get(0);
      nodeDies(inside, node(sick));
      Remediation proposed = proposed("plane");

      merge(proposed);

      await("plane", Phase.Succeeded);
      List<GenericKubernetesResource> now = machines("plane", true);
      assertThat(names(now)).hasSize(3).doesNotContain(sick.getMetadata().getName());
      assertThat(deleted("plane")).as("by the operator").isEmpty();
      assertThat(stage.events("plane", proposed.getMetadata().getName()))
          .anyMatch(e -> "RemediationRequested".equals(e.getReason()));

      unsafe(inside, now);
    }
  }

  /** Sick members beside the one that was approved: nothing may be taken away any more. */
  private static void unsafe(KubernetesClient inside, List<GenericKubernetesResource> members) {
    Stage.waiting()
        .atMost(LONG)
        .until(() -> members.stream().allMatch(m -> isTrue(m, "APIServerPodHealthy")));
    nodeDies(inside, node(members.get(0)));
    Stage.waiting().atMost(LONG).until(() -> proposals().size() == 1);
    Remediation proposed = proposals().get(0);
    apiServerFails(inside, node(members.get(1)));
    apiServerFails(inside, node(members.get(2)));
    // Its controller watches no pods.
    stage
        .management
        .client()
        .genericKubernetesResources("controlplane.cluster.x-k8s.io/v1beta2", "KubeadmControlPlane")
        .inNamespace("plane")
        .withName("edge72-cp")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"annotations\": {\"test/touched\": \"true\"}}}");
    Stage.waiting()
        .atMost(LONG)
        .until(
            () ->
                members.stream()
                    .skip(1)
                    .map(m -> stage.management.client().resource(m).get())
                    .noneMatch(m -> isTrue(m, "APIServerPodHealthy")));

    merge(proposed);

    Stage.waiting()
        .atMost(LONG)
        .until(
            () ->
                Conditions.find(read(proposed).status().conditions(), "Blocked")
                    .map(c -> c.getReason())
                    .orElse("")
                    .equals("NoLongerAllowed"));
    assertThat(names(machines("plane", true))).isEqualTo(names(members));
    assertThat(members)
        .allSatisfy(
            m ->
                assertThat(
                        stage.management.client().resource(m).get().getMetadata().getAnnotations())
                    .doesNotContainKey("cluster.x-k8s.io/remediate-machine"));
  }

  private static boolean isTrue(GenericKubernetesResource machine, String condition) {
    List<java.util.Map<String, Object>> conditions = machine.get("status", "conditions");
    return conditions.stream()
        .anyMatch(c -> condition.equals(c.get("type")) && "True".equals(c.get("status")));
  }

  private static List<Remediation> proposals() {
    return stage.remediations().stream().filter(r -> r.status().phase() == Phase.Proposed).toList();
  }

  private static Remediation read(Remediation one) {
    return stage.management.client().resource(one).get();
  }

  private static Remediation proposed(String namespace) {
    try {
      return stage.await(namespace, Phase.Proposed);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(stage.readPolicy(namespace, "fleet").status().toString(), e);
    }
  }

  private static void await(String namespace, Phase phase) {
    try {
      Stage.waiting()
          .atMost(LONG)
          .until(() -> stage.remediation(namespace).status().phase() == phase);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(stage.remediation(namespace).status() + "\n" + controllers.log(), e);
    }
  }

  /** Made by the controllers, all of it available. */
  private static KubernetesClient cluster(String namespace, String name, int members, int workers) {
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
    try {
      Stage.waiting()
          .atMost(LONG)
          .until(
              () ->
                  machines(namespace, true).stream().filter(RealControllersIT::runs).count()
                          == members
                      && machines(namespace, false).stream().filter(RealControllersIT::runs).count()
                          == workers);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(controllers.log(), e);
    }
    return inside(namespace, name);
  }

  /** As its administrator; the operator comes by a line of its own. */
  private static KubernetesClient inside(String namespace, String cluster) {
    var resource =
        stage
            .management
            .client()
            .secrets()
            .inNamespace(namespace)
            .withName(cluster + "-kubeconfig");
    String text =
        new String(
            Base64.getDecoder().decode(resource.get().getData().get("value")),
            StandardCharsets.UTF_8);
    Config config = Config.fromKubeconfig(text);
    config.setHttp2Disable(true);
    Line line = Line.toPlain(text);
    LINES.add(line);
    String url = config.getMasterUrl().replaceAll("/$", "");
    String value =
        Base64.getEncoder()
            .encodeToString(text.replace(url, line.url()).getBytes(StandardCharsets.UTF_8));
    resource.edit(
        secret -> {
          secret.getData().put("value", value);
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

  private static List<GenericKubernetesResource> machines(String namespace, boolean controlPlane) {
    String label = "cluster.x-k8s.io/control-plane";
    return stage
        .management
        .client()
        .genericKubernetesResources(CAPI, "Machine")
        .inNamespace(namespace)
        .list()
        .getItems()
        .stream()
        .filter(m -> m.getMetadata().getLabels().containsKey(label) == controlPlane)
        .filter(m -> m.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  private static boolean runs(GenericKubernetesResource machine) {
    return "Running".equals(machine.get("status", "phase")) && isTrue(machine, "Ready");
  }

  private static List<String> names(List<GenericKubernetesResource> machines) {
    return machines.stream().map(m -> m.getMetadata().getName()).sorted().toList();
  }

  private static String node(GenericKubernetesResource machine) {
    return machine.get("status", "nodeRef", "name");
  }

  /** A merge patch of the whole list: the API server in memory knows no other. */
  private static void nodeDies(KubernetesClient inside, String name) {
    Node node = inside.nodes().withName(name).get();
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
        .withName(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\": {\"conditions\": " + conditions + "}}");
  }

  private static void apiServerFails(KubernetesClient inside, String node) {
    Pod pod = inside.pods().inNamespace("kube-system").withName("kube-apiserver-" + node).get();
    pod.getStatus().getConditions().forEach(c -> c.setStatus("False"));
    String conditions = inside.getKubernetesSerialization().asJson(pod.getStatus().getConditions());
    inside
        .pods()
        .inNamespace("kube-system")
        .withName("kube-apiserver-" + node)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\": {\"phase\": \"Failed\", \"conditions\": " + conditions + "}}");
  }

  private static List<String> deleted(String namespace) {
    return stage.deletedMachines().stream()
        .filter(e -> e.user().equals(Stage.OPERATOR) && e.namespace().equals(namespace))
        .map(AuditEntry::name)
        .toList();
  }

  private static void merge(Remediation proposed) {
    stage.gitea.merge(
        Stage.REPOSITORY, proposed.status().proposal().pullRequest(), Stage.APPROVER, "merge");
  }

  private static String template() {
    try (InputStream stream =
        RealControllersIT.class.getResourceAsStream("/clusterapi/controllers/cluster.yaml")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
