package io.nephio.recovery.operator;

import static io.nephio.recovery.operator.Approver.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.deploy.RbacAudit;
import io.nephio.recovery.servers.AuditEntry;
import io.nephio.recovery.servers.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole way, on real servers: a failure becomes a pull request, a person's word, and what that
 * word means. There are no Cluster API controllers here: the test plays the MachineSet.
 */
class ReplacementStoryIT {
  private static final String APPROVED = "recovery.nephio.io/approved";

  @AutoClose private static Stage stage;

  @BeforeAll
  static void set() {
    stage = new Stage();
  }

  @AfterEach
  void clear() {
    stage.clear();
  }

  @AfterAll
  static void itHadWhatItNeededAndNoMore() {
    RbacAudit.nothingWasRefused(stage.management);
    RbacAudit.everythingGrantedWasUsed(stage.management);
  }

  @Test
  void aDeadNodeIsProposedOnceMergedAndReplacedOnce() {
    Instant began = Instant.now();
    Workers workers = stage.workers("default", "edge01", 4);
    stage.policy("default", "fleet");
    stage.start();
    stage.passes(2);
    assertThat(stage.remediations()).isEmpty();

    workers.nodeDies(1);
    Remediation proposed = stage.await("default", Phase.Proposed);
    assertThat(proposed.spec().action()).isEqualTo(Action.ReplaceNode);
    assertThat(proposed.spec().target().name()).isEqualTo("edge01-md-0-b");
    onePullRequestWithOneCommit(proposed);

    stage.passes(10);
    stage.stop();
    stage.start();
    stage.passes(10);
    assertThat(stage.remediation("default").status().phase()).isEqualTo(Phase.Proposed);
    onePullRequestWithOneCommit(proposed);
    assertThat(stage.changes())
        .as("changes before the merge")
        .noneMatch(e -> e.at().isAfter(began));

    stage.approver.merge(proposed);
    stage.await("default", Phase.Verifying);
    Node old = stage.workload.client().nodes().withName("edge01-md-0-b").get();
    assertThat(old.getSpec().getUnschedulable()).isTrue();
    assertThat(old.getMetadata().getAnnotations())
        .containsEntry("recovery.nephio.io/cordoned-by", proposed.getMetadata().getName());
    workers.replaced(1, "edge01-md-0-e");

    Remediation done = stage.await("default", Phase.Succeeded);
    assertThat(done.status().approval().mergedBy()).isEqualTo(Stage.APPROVER);
    assertThat(stage.deletedMachines())
        .filteredOn(e -> e.name().startsWith("edge01"))
        .extracting(AuditEntry::name, AuditEntry::user, AuditEntry::code)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("edge01-md-0-b", Stage.OPERATOR, 200));
    told(done);
  }

  private static void onePullRequestWithOneCommit(Remediation proposed) {
    List<JsonNode> pulls = stage.approver.pulls("edge01");
    assertThat(pulls).hasSize(1);
    assertThat(pulls.get(0).path("state").asText()).isEqualTo("open");
    assertThat(pulls.get(0).path("number").asLong()).isEqualTo(number(proposed));
    assertThat(pulls.get(0).at("/head/ref").asText())
        .isEqualTo(proposed.status().proposal().branch());
    String at = "/repos/" + Stage.REPOSITORY + "/pulls/" + number(proposed);
    assertThat(stage.approver.json(at + "/commits")).hasSize(1);
    assertThat(stage.approver.json(at + "/files")).hasSize(1);
  }

  private static void told(Remediation done) {
    assertThat(done.status().history())
        .extracting(h -> h.phase())
        .containsExactly(
            Phase.Proposed, Phase.Approved, Phase.Executing, Phase.Verifying, Phase.Succeeded);
    assertThat(stage.events("default", done.getMetadata().getName()))
        .extracting(e -> e.getReason())
        .containsOnlyOnce(
            "Detected",
            "Proposed",
            "Approved",
            "Executing",
            "MachineDeleted",
            "Verifying",
            "Succeeded");
    assertThat(stage.meters.scrape())
        .contains("machine_deleted_total{cluster=\"edge01\",namespace=\"default\"} 1.0")
        .contains("node_replaced_total{cluster=\"edge01\",namespace=\"default\"} 1.0");
    assertThat(stage.approver.comments(number(done)))
        .hasSize(1)
        .first()
        .asString()
        .contains("Healed");
  }

  @Test
  void aClosedPullRequestIsANoAndHoldsForTheSnooze() {
    Workers workers = stage.workers("closed", "edge02", 4);
    stage.policy("closed", "fleet");
    stage.start();
    workers.nodeDies(0);
    Remediation proposed = stage.await("closed", Phase.Proposed);

    stage.gitea.as(
        Stage.APPROVER,
        "PATCH",
        "/repos/" + Stage.REPOSITORY + "/pulls/" + number(proposed),
        Map.of("state", "closed"));

    Remediation rejected = stage.await("closed", Phase.Rejected);
    assertThat(rejected.status().message()).isEqualTo("closed by alice");
    assertThat(rejected.status().snoozedUntil()).isAfter(Instant.now().plusSeconds(80_000));
    stage.passes(3);
    assertThat(stage.remediation("closed").status().phase()).isEqualTo(Phase.Rejected);
    assertThat(stage.readPolicy("closed", "fleet").status().attention())
        .singleElement()
        .satisfies(
            a -> assertThat(a.why()).startsWith("rejected as " + rejected.getMetadata().getName()));
    assertThat(stage.changes()).noneMatch(e -> e.name().startsWith("edge02"));
  }

  @ParameterizedTest(name = "{0} for {1}: {3} {4}")
  @CsvSource({
    "none, 'action: \"ReplaceNode\"', 'action: \"None\"', Rejected, ActionNone",
    "other, 'name: \"other-md-0-a\"', 'name: \"other-md-0-b\"', Refused, EditedOutsideEnvelope",
  })
  void aReviewerMayOnlyWeakenWhatIsProposed(
      String cluster, String before, String after, Phase phase, String reason) {
    Workers workers = stage.workers(cluster, cluster, 4);
    stage.policy(cluster, "fleet");
    stage.start();
    workers.nodeDies(0);
    Remediation proposed = stage.await(cluster, Phase.Proposed);

    stage.approver.edit(proposed, before, after);
    stage.passes(3);
    assertThat(stage.remediation(cluster).status().phase()).isEqualTo(Phase.Proposed);
    stage.approver.merge(proposed);

    Remediation ended = stage.await(cluster, phase);
    assertThat(ended.status().reason()).isEqualTo(reason);
    Stage.waiting().until(() -> stage.approver.comments(number(proposed)).size() == 1);
    stage.passes(2);
    assertThat(stage.deletedMachines()).noneMatch(e -> e.name().startsWith(cluster));
  }

  @Test
  void aMemberOfAControlPlaneIsReplacedByItsOwnController() {
    Members members = Members.of(stage, "plane", "edge05");
    stage.policy("plane", "fleet");
    stage.start();
    members.nodeDies(1);
    Remediation proposed = stage.await("plane", Phase.Proposed);
    assertThat(proposed.spec().action()).isEqualTo(Action.ReplaceMachine);

    stage.approver.merge(proposed);

    String name = proposed.getMetadata().getName();
    Stage.waiting()
        .until(() -> name.equals(members.read(1).getMetadata().getLabels().get(APPROVED)));
    assertThat(members.read(1).getMetadata().getAnnotations())
        .containsEntry("cluster.x-k8s.io/remediate-machine", "");
    stage.passes(3);
    assertThat(stage.remediation("plane").status().phase()).isEqualTo(Phase.Executing);
    members.remediated(1, "edge05-cp-d");

    stage.await("plane", Phase.Succeeded);
    assertThat(stage.changes().stream().filter(e -> e.namespace().equals("plane")))
        .extracting(e -> e.verb() + " " + e.resource())
        .containsExactly(
            "create machinehealthchecks", "patch machines", "delete machinehealthchecks");
    assertThat(stage.meters.scrape())
        .contains("machine_deleted_total{cluster=\"edge05\",namespace=\"plane\"} 1.0");
  }

  @Test
  void whatWasOverAMonthAgoIsForgotten() {
    stage.workers("old", "edge08", 1).nodeDies(0);
    stage.policy("old", "fleet");
    stage.start();
    Remediation recent = stage.await("old", Phase.Proposed);
    stage.stop();
    new Backup(stage.management.client()).aged(recent, Duration.ofDays(31));

    stage.start();

    Stage.waiting()
        .until(() -> stage.remediations().stream().noneMatch(r -> isNamed(r, "old-long-ago")));
    assertThat(stage.remediations()).anyMatch(r -> isNamed(r, recent.getMetadata().getName()));
  }

  private static boolean isNamed(Remediation remediation, String name) {
    return remediation.getMetadata().getName().equals(name);
  }

  @Test
  void whileTheInfrastructureIsNotReadyThePolicySaysSoAndNothingIsProposed() {
    Workers workers = stage.workers("infra", "edge04", 4);
    stage.policy("infra", "fleet");
    infrastructure("False");
    workers.nodeDies(3);
    stage.start();

    Stage.waiting()
        .untilAsserted(
            () ->
                assertThat(stage.readPolicy("infra", "fleet").status().conditions())
                    .anyMatch(
                        c -> c.getType().equals("InfraUnready") && c.getStatus().equals("True")));
    assertThat(annotation()).isEqualTo("infra/edge04");
    stage.passes(3);
    assertThat(stage.remediations()).isEmpty();

    infrastructure("True");
    stage.await("infra", Phase.Proposed);
    Stage.waiting().until(() -> annotation() == null);
  }

  /** Half of the workers at once is a storm; that it was there a moment ago no object tells. */
  @Test
  void whatOnlyTimeCanTellOutlivesTheOperator() {
    Workers workers = stage.workers("memory", "edge05", 4);
    stage.policy("memory", "fleet");
    workers.nodeDies(0);
    workers.nodeDies(1);
    stage.start();
    Stage.waiting()
        .until(() -> !stage.readPolicy("memory", "fleet").status().attention().isEmpty());
    stage.passes(3);

    stage.stop();
    workers.nodeRecovers(0);
    stage.start();
    Stage.waiting().until(() -> why().contains("many failed at once"));
    stage.passes(3);
    assertThat(why()).contains("many failed at once");
    assertThat(stage.remediations()).isEmpty();

    stage.stop();
    stage.forget();
    stage.start();
    stage.await("memory", Phase.Proposed);
  }

  @ParameterizedTest(name = "while the operator is away: {0}")
  @ValueSource(booleans = {false, true})
  void whatIsRememberedForAPolicyGoesWithIt(boolean away) {
    stage.policy("default", "fleet");
    String name = "recovery-memory-" + stage.readPolicy("default", "fleet").getMetadata().getUid();
    stage.start();
    Stage.waiting().until(() -> stage.remembers(name));
    if (away) {
      stage.stop();
    }

    stage.management.client().resource(stage.readPolicy("default", "fleet")).delete();

    if (away) {
      assertThat(stage.remembers(name)).isTrue();
      stage.start();
    }
    Stage.waiting().until(() -> !stage.remembers(name));
  }

  @Test
  void theManagementClusterIsSeenWhereAPolicyAsksForIt() {
    stage.policy(
        "default",
        "fleet",
        "includeManagementCluster: true\n",
        "criticalCRDs: {management: [machines.cluster.x-k8s.io, missing.example.com]}\n");
    stage.start();

    Stage.waiting()
        .untilAsserted(
            () ->
                assertThat(stage.readPolicy("default", "fleet").status().attention())
                    .extracting(a -> a.cluster() + ": " + a.reason())
                    .containsExactly("default/management: CrdMissing"));
    assertThat(stage.readPolicy("default", "fleet").status().clusters())
        .extracting(c -> c.name() + " " + c.state())
        .containsExactly("management Degraded");
  }

  @Test
  void whatFailsInTheManagementClusterIsToldAndLeftToPeople() {
    Pods pods = new Pods(stage.management.client(), "default");
    HasMetadata web = pods.replicaSet("web", 1);
    Pod crashing = pods.put(web, "web-0", "m0", "Crashing");
    stage.policy("default", "fleet", "includeManagementCluster: true\n");
    stage.start();

    Stage.waiting()
        .untilAsserted(
            () ->
                assertThat(stage.readPolicy("default", "fleet").status().attention())
                    .anySatisfy(
                        a ->
                            assertThat(a.why()).startsWith("DeletePod in the management cluster")));
    assertThat(stage.remediations()).isEmpty();
    stage.management.client().resource(crashing).withGracePeriod(0).delete();
    stage.management.client().resource(web).delete();
  }

  @Test
  void aCrdOfTheManagementClusterIsPutBackThere() {
    SyncStoriesIT.engines(stage.management);
    WorkloadStoriesIT.porch(stage.management);
    stage.management.apply(
        """
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: GitRepository
        metadata: {namespace: default, name: packages}
        spec: {url: "http://gitea/nephio/mgmt", ref: {branch: main}}
        """);
    String manifest = CrdStoriesIT.manifest("cogs", "v1");
    stage.gitea.createFile(Stage.REPOSITORY, "main", "crds/cogs.yaml", manifest);
    stage.policy("default", "fleet", "criticalCRDs: {management: [cogs.example.com]}\n");
    stage.start();
    Remediation proposed = stage.await("default", Phase.Proposed);
    assertThat(proposed.spec().cluster().name()).isEqualTo("management");

    stage.approver.merge(proposed);

    stage.await("default", Phase.Succeeded);
    assertThat(stage.changes())
        .filteredOn(e -> e.resource().equals("customresourcedefinitions"))
        .extracting(e -> e.verb() + " " + e.name())
        .containsExactly("patch cogs.example.com");
  }

  private static String why() {
    return stage.readPolicy("memory", "fleet").status().attention().stream()
        .map(a -> a.why())
        .collect(Collectors.joining("; "));
  }

  private static void infrastructure(String ready) {
    var cluster =
        stage
            .management
            .client()
            .genericKubernetesResources("cluster.x-k8s.io/v1beta1", "Cluster")
            .inNamespace("infra")
            .withName("edge04")
            .get();
    stage.capi.condition(
        cluster, "InfrastructureReady", ready, "Broken", Instant.now().minusSeconds(3600));
  }

  private static @Nullable String annotation() {
    return stage
        .readPolicy("infra", "fleet")
        .getMetadata()
        .getAnnotations()
        .get("recovery.nephio.io/InfraUnready");
  }
}
