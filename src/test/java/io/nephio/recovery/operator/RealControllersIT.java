package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.servers.AuditEntry;
import io.nephio.recovery.servers.ClusterApiControllers;
import io.nephio.recovery.servers.GiteaServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
  private static final Duration LONG = Duration.ofMinutes(5);

  @AutoClose private static Stage stage;
  @AutoClose private static ClusterApiControllers controllers;

  @BeforeAll
  static void set() {
    stage = new Stage(Optional.empty(), GiteaServer.Version.NEPHIO);
    controllers = ClusterApiControllers.start(stage.management);
  }

  @AfterEach
  void clear() {
    stage.clear();
  }

  @Test
  void aMergedWorkerReplacementBringsANewMachineAndNode() {
    String namespace = LiveDemo.NAMESPACE;
    try (RealCluster cluster = new RealCluster(stage, namespace, LiveDemo.CLUSTER, 1, 4)) {
      GenericKubernetesResource sick = cluster.machines(false).get(0);
      String name = sick.getMetadata().getName();
      ByteArrayOutputStream told = new ByteArrayOutputStream();

      PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
      assertThat(new LiveDemo(stage, false, out).tell(cluster)).isTrue();

      assertThat(names(cluster.machines(false))).hasSize(4).doesNotContain(name);
      assertThat(cluster.inside().nodes().withName(RealCluster.node(sick)).get()).isNull();
      assertThat(deleted(namespace)).containsExactly(name);
      assertThat(told.toString(StandardCharsets.UTF_8))
          .contains("/nephio/mgmt/pulls/", "Merging replaces one worker Machine", "Replaced, once");
    }
  }

  @Test
  void aMergedControlPlaneReplacementBringsANewMemberAndAnUnsafeOneNothing() {
    try (RealCluster cluster = new RealCluster(stage, "plane", "edge72", 3, 0)) {
      stage.policy("plane", "fleet");
      stage.start();
      GenericKubernetesResource sick = cluster.machines(true).get(0);
      cluster.nodeDies(sick);
      Remediation proposed = proposed("plane");

      stage.approver.merge(proposed);

      await("plane", Phase.Succeeded);
      List<GenericKubernetesResource> now = cluster.machines(true);
      assertThat(names(now)).hasSize(3).doesNotContain(sick.getMetadata().getName());
      assertThat(deleted("plane")).as("by the operator").isEmpty();
      assertThat(stage.events("plane", proposed.getMetadata().getName()))
          .anyMatch(e -> "RemediationRequested".equals(e.getReason()));

      unsafe(cluster, now);
    }
  }

  /** Sick members beside the one that was approved: nothing may be taken away any more. */
  private static void unsafe(RealCluster cluster, List<GenericKubernetesResource> members) {
    Stage.waiting()
        .atMost(LONG)
        .until(
            () ->
                members.stream()
                    .map(m -> stage.management.client().resource(m).get())
                    .allMatch(m -> RealCluster.isTrue(m, "APIServerPodHealthy")));
    cluster.nodeDies(members.get(0));
    Stage.waiting().atMost(LONG).until(() -> proposals().size() == 1);
    Remediation proposed = proposals().get(0);
    apiServerFails(cluster.inside(), RealCluster.node(members.get(1)));
    apiServerFails(cluster.inside(), RealCluster.node(members.get(2)));
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
                    .noneMatch(m -> RealCluster.isTrue(m, "APIServerPodHealthy")));
    Stage.waiting()
        .atMost(LONG)
        .until(
            () ->
                stage.approver.statuses(proposed, Preflight.CONTEXT).stream()
                    .anyMatch(told -> told.contains("quorum would be lost without it")));

    stage.approver.merge(proposed);

    Stage.waiting()
        .atMost(LONG)
        .until(
            () ->
                Conditions.find(read(proposed).status().conditions(), "Blocked")
                    .map(c -> c.getReason())
                    .orElse("")
                    .equals("NoLongerAllowed"));
    assertThat(names(cluster.machines(true))).isEqualTo(names(members));
    assertThat(members)
        .allSatisfy(
            m ->
                assertThat(
                        stage.management.client().resource(m).get().getMetadata().getAnnotations())
                    .doesNotContainKey("cluster.x-k8s.io/remediate-machine"));
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

  private static List<String> names(List<GenericKubernetesResource> machines) {
    return machines.stream().map(m -> m.getMetadata().getName()).sorted().toList();
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
}
