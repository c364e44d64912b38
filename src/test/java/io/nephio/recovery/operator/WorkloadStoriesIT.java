package io.nephio.recovery.operator;

import static io.nephio.recovery.operator.Approver.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.deploy.RbacAudit;
import io.nephio.recovery.servers.AuditEntry;
import io.nephio.recovery.servers.Controllers;
import io.nephio.recovery.servers.KubeApiServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is merged, in a cluster with its real controllers: a deleted pod comes back, a rollout that
 * is restarted rolls, a drained node empties, and each of it is done once. The nodes are kwok's.
 */
class WorkloadStoriesIT {
  static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: default}
      spec:
        replicas: %d
        selector: {matchLabels: {app: web}}
        template:
          metadata:
            labels: {app: web}
            annotations: {test/restart-every: 1s}
          spec:
            automountServiceAccountToken: false
            containers: [{name: web, image: "registry.example.com/web:1"}]
      """;
  private static final List<String> NODES = List.of("k0", "k1", "k2");

  @AutoClose private static Stage stage;
  @AutoClose private static Controllers controllers;

  @BeforeAll
  static void set() {
    stage = new Stage();
    controllers = Controllers.start(stage.workload);
  }

  private Instant began;

  @BeforeEach
  void begin() {
    began = Instant.now();
  }

  @AfterEach
  void clear() {
    stage.workload.client().apps().deployments().inNamespace("default").delete();
    stage.workload.client().policy().v1().podDisruptionBudget().inNamespace("default").delete();
    Stage.waiting().until(() -> pods(p -> true).isEmpty());
    stage.clear();
  }

  @AfterAll
  static void nothingWasRefused() {
    RbacAudit.nothingWasRefused(stage.management);
  }

  @Test
  void aCrashingPodIsEvictedOnceAndComesBack() {
    Remediation proposed = crashing("pod", "edge21");
    assertThat(proposed.spec().action()).isEqualTo(Action.DeletePod);
    assertThat(changes()).as("before the merge").isEmpty();

    stage.approver.merge(proposed);

    stage.await("pod", Phase.Succeeded);
    assertThat(ready("web")).isEqualTo(3);
    assertThat(evictionsOf(proposed)).extracting(AuditEntry::code).containsExactly(201);
    assertThat(
            stage.workload.client().events().v1().events().inNamespace("default").list().getItems())
        .filteredOn(e -> "PersistentCrashLoop".equals(e.getReason()))
        .singleElement()
        .satisfies(e -> assertThat(e.getNote()).isEqualTo("Deleting pod to force recreate"));
    assertThat(stage.meters.scrape()).contains("pod_deleted_total{cluster=\"edge21\"");
  }

  @Test
  void aProposalThatIsClosedEvictsNothing() {
    Remediation proposed = crashing("closed", "edge22");

    stage.gitea.as(
        Stage.APPROVER,
        "PATCH",
        "/repos/" + Stage.REPOSITORY + "/pulls/" + number(proposed),
        Map.of("state", "closed"));

    stage.await("closed", Phase.Rejected);
    stage.passes(3);
    assertThat(evictionsOf(proposed)).isEmpty();
  }

  @Test
  void whatHealsBeforeTheMergeIsWithdrawn() {
    Remediation proposed = stalled("healed", "edge23");

    pods(p -> true).forEach(p -> controllers.podFault("default", name(p), null));

    stage.await("healed", Phase.Healed);
    assertThat(stage.approver.pulls("healed-edge23"))
        .singleElement()
        .satisfies(pull -> assertThat(pull.path("state").asText()).isEqualTo("closed"));
    assertThat(changes()).isEmpty();
    assertThat(proposed.spec().action()).isEqualTo(Action.RestartRollout);
  }

  @Test
  void aStalledRolloutIsRestartedOnceAndRolls() {
    Remediation proposed = stalled("rollout", "edge24");
    List<String> before = pods(p -> true).stream().map(WorkloadStoriesIT::name).toList();

    stage.approver.merge(proposed);

    Remediation done = stage.await("rollout", Phase.Succeeded);
    Deployment deployment =
        stage.workload.client().apps().deployments().inNamespace("default").withName("web").get();
    assertThat(deployment.getMetadata().getAnnotations())
        .containsEntry("recovery.nephio.io/restarted", "true")
        .containsEntry("deployment.kubernetes.io/revision", "2");
    assertThat(pods(WorkloadStoriesIT::isReady).stream().map(WorkloadStoriesIT::name))
        .hasSize(2)
        .doesNotContainAnyElementsOf(before);
    assertThat(changes())
        .extracting(e -> e.verb() + " " + e.resource())
        .containsExactly("patch deployments");
    assertThat(stage.meters.scrape()).contains("workload_rollout_restarted_total{");
    assertThat(done.status().reason()).isEqualTo("Healthy");
  }

  /** Not where Nephio would have them, and the same manifest lies beside its directory. */
  @Test
  void aRestartIsAnEditWherePorchHasRegisteredThePackages() {
    String repository = "nephio/regional";
    String path = "clusters/edge26/web/deployment.yaml";
    stage.repository(repository);
    stage.gitea.createBranch(repository, "deployed");
    stage.gitea.createFile(repository, "deployed", path, DEPLOYMENT.formatted(2));
    stage.gitea.createFile(repository, "deployed", "web.yaml", DEPLOYMENT.formatted(2));
    porch(stage.management);
    stage.management.apply(
        """
        apiVersion: config.porch.kpt.dev/v1alpha1
        kind: Repository
        metadata: {namespace: default, name: edge26}
        spec:
          type: git
          deployment: true
          git: {repo: "%s/%s.git", branch: deployed, directory: /clusters/edge26}
        """
            .formatted(stage.gitea.url(), repository));
    Remediation proposed = stalled("porch", "edge26");
    assertThat(proposed.spec().edit().path()).isEqualTo(path);
    assertThat(proposed.status().proposal().repository()).isEqualTo(repository);
    assertThat(proposed.status().proposal().base()).isEqualTo("deployed");

    stage.approver.merge(proposed);

    Remediation done = stage.await("porch", Phase.Succeeded);
    assertThat(
            stage.gitea.as(
                Stage.APPROVER,
                "GET",
                "/repos/" + repository + "/raw/" + path + "?ref=deployed",
                null))
        .containsPattern("kubernetes.io/restartedAt\"?: \"" + done.spec().proposedAt() + "\"");
    assertThat(changes())
        .extracting(e -> e.verb() + " " + e.resource())
        .containsExactly("patch deployments");
  }

  /** Its kind is served from then on. */
  static void porch(KubeApiServer server) {
    server.install(SyncStoriesIT.resource("/gitops/porch.yaml"));
  }

  @Test
  void aSickNodeIsDrainedWithinItsBudgetAndUncordonedWhenItIsWell() {
    nodes();
    deployment(4);
    stage.workload.apply(
        """
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: web, namespace: default}
        spec: {minAvailable: 3, selector: {matchLabels: {app: web}}}
        """);
    stage.workers("drain", "edge25", 0);
    stage.policy("drain", "fleet");
    stage.start();
    String node = pods(p -> true).get(0).getSpec().getNodeName();
    controllers.nodeFault(node, "memory-pressure");
    Remediation proposed = stage.await("drain", Phase.Proposed);
    assertThat(proposed.spec().action()).isEqualTo(Action.DrainNode);

    stage.approver.merge(proposed);

    stage.await("drain", Phase.Verifying);
    assertThat(pods(p -> node.equals(p.getSpec().getNodeName()))).isEmpty();
    assertThat(cordoned(node)).isTrue();
    controllers.nodeFault(node, null);
    stage.await("drain", Phase.Succeeded);
    assertThat(cordoned(node)).isFalse();
    assertThat(ready("web")).isEqualTo(4);
    assertThat(stage.evictions().stream().filter(e -> e.code() == 201).map(AuditEntry::name))
        .doesNotHaveDuplicates();
    assertThat(stage.meters.scrape()).contains("node_drained_total{");
  }

  private List<AuditEntry> changes() {
    return stage.changes().stream().filter(e -> e.at().isAfter(began)).toList();
  }

  private static Remediation crashing(String namespace, String cluster) {
    nodes();
    deployment(3);
    stage.workers(namespace, cluster, 0);
    stage.policy(namespace, "fleet");
    stage.start();
    controllers.podFault("default", name(pods(p -> true).get(0)), "crashloop");
    return stage.await(namespace, Phase.Proposed);
  }

  private static Remediation stalled(String namespace, String cluster) {
    nodes();
    deployment(2);
    stage.workers(namespace, cluster, 0);
    stage.policy(namespace, "fleet", "workloadRolloutTimeout: 1s\n");
    stage.start();
    pods(p -> true).forEach(p -> controllers.podFault("default", name(p), "not-ready"));
    return stage.await(namespace, Phase.Proposed);
  }

  private static void nodes() {
    NODES.forEach(controllers::node);
    Stage.waiting()
        .until(
            () ->
                stage.workload.client().nodes().list().getItems().stream()
                        .filter(n -> n.getSpec().getTaints().isEmpty())
                        .filter(
                            n ->
                                n.getStatus().getConditions().stream()
                                    .anyMatch(
                                        c ->
                                            c.getType().equals("Ready")
                                                && c.getStatus().equals("True")))
                        .count()
                    == NODES.size());
  }

  private static void deployment(int replicas) {
    stage.workload.apply(DEPLOYMENT.formatted(replicas));
    Stage.waiting().until(() -> ready("web") == replicas);
  }

  private static int ready(String deployment) {
    Integer ready =
        stage
            .workload
            .client()
            .apps()
            .deployments()
            .inNamespace("default")
            .withName(deployment)
            .get()
            .getStatus()
            .getReadyReplicas();
    return ready == null ? 0 : ready;
  }

  private static boolean cordoned(String node) {
    return Boolean.TRUE.equals(
        stage.workload.client().nodes().withName(node).get().getSpec().getUnschedulable());
  }

  private static List<Pod> pods(Predicate<Pod> which) {
    return stage.workload.client().pods().inNamespace("default").list().getItems().stream()
        .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
        .filter(which)
        .toList();
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }

  private static List<AuditEntry> evictionsOf(Remediation remediation) {
    return stage.evictions().stream()
        .filter(e -> e.name().equals(remediation.spec().target().name()))
        .toList();
  }
}
