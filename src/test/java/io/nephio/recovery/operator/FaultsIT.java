package io.nephio.recovery.operator;

import static io.nephio.recovery.operator.Approver.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.deploy.RbacAudit;
import io.nephio.recovery.deploy.Shipped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is lost, restored, imitated or taken over: nothing is done that nobody merged, or twice. */
class FaultsIT {
  @AutoClose private static Stage stage;

  @BeforeAll
  static void set() {
    stage = new Stage();
  }

  @AfterEach
  void clear() {
    stage.clear();
    stage.clock = InstantSource.system();
  }

  @AfterAll
  static void nothingWasRefused() {
    RbacAudit.nothingWasRefused(stage.management);
  }

  @Test
  void aLedgerThatIsRestoredFromBeforeTheMergeActsNoSecondTime() {
    Workers workers = stage.workers("restored", "edge06", 4);
    stage.policy("restored", "fleet");
    stage.start();
    workers.nodeDies(0);
    Remediation backup = stage.await("restored", Phase.Proposed);
    stage.approver.merge(backup);
    stage.await("restored", Phase.Verifying);
    workers.replaced(0, "edge06-md-0-e");
    Remediation done = stage.await("restored", Phase.Succeeded);
    stage.stop();

    stage.management.client().resource(done).delete();
    new Backup(stage.management.client()).restore(backup);
    stage.start();

    Remediation ended = stage.await("restored", Phase.Refused);
    assertThat(ended.status().reason()).isEqualTo("ReceiptExists");
    assertThat(stage.deletedMachines()).filteredOn(e -> e.name().startsWith("edge06")).hasSize(1);
  }

  @Test
  void aLedgerThatIsLostAfterTheMergeActsNeverAgain() {
    Remediation lost = stage.mergedUnseen("merged", "edge07");

    stage.management.client().resource(lost).delete();
    stage.start();

    Stage.waiting().until(() -> stage.approver.pulls("merged-edge07").size() == 2);
    stage.passes(3);
    assertThat(stage.changes()).noneMatch(e -> e.name().startsWith("edge07"));
  }

  @Test
  void aBranchLikeOursBySomebodyElseMeansNothing() {
    Workers workers = stage.workers("theirs", "edge09", 4);
    stage.policy("theirs", "fleet");
    stage.start();
    workers.nodeDies(0);
    Remediation ours = stage.await("theirs", Phase.Proposed);
    stage.stop();
    String branch = ours.status().proposal().branch();
    String at = "/repos/" + Stage.REPOSITORY;
    stage.gitea.as(
        Stage.APPROVER, "PATCH", at + "/pulls/" + number(ours), Map.of("state", "closed"));
    stage.gitea.as(Stage.APPROVER, "DELETE", at + "/branches/" + branch, null);
    stage.gitea.as(
        Stage.APPROVER,
        "POST",
        at + "/contents/theirs.txt",
        Map.of("new_branch", branch, "content", "dGhlaXJz", "message", "As I want it"));
    stage.gitea.as(
        Stage.APPROVER,
        "POST",
        at + "/pulls",
        Map.of("head", branch, "base", "main", "title", "Looks like the operator's"));
    long theirs =
        stage.approver.pulls("theirs-edge09").stream()
            .mapToLong(p -> p.path("number").asLong())
            .max()
            .orElseThrow();
    stage.gitea.merge(Stage.REPOSITORY, theirs, Stage.APPROVER, "merge");

    stage.start();

    stage.await("theirs", Phase.Rejected);
    stage.passes(3);
    assertThat(theirs).isNotEqualTo(number(ours));
    assertThat(stage.changes()).noneMatch(e -> e.name().startsWith("edge09"));
  }

  @Test
  void whoeverHasLostTheLeaseChangesNothing() {
    Workers workers = stage.workers("split", "edge10", 4);
    stage.policy("split", "fleet");
    stage.start();
    workers.nodeDies(0);
    Remediation proposed = stage.await("split", Phase.Proposed);
    var lease =
        stage
            .management
            .client()
            .leases()
            .inNamespace(Shipped.NAMESPACE)
            .withName("recovery-operator");
    lease.edit(
        held -> {
          held.getSpec().setHolderIdentity("another");
          held.getSpec().setLeaseDurationSeconds(3600);
          return held;
        });
    Stage.waiting().until(stage.lost::get);

    stage.approver.merge(proposed);

    Stage.waiting()
        .during(Duration.ofSeconds(3))
        .until(() -> stage.changes().stream().noneMatch(e -> e.name().startsWith("edge10")));
    stage.stop();
    lease.delete();
    stage.start();
    stage.await("split", Phase.Verifying);
    assertThat(stage.deletedMachines()).filteredOn(e -> e.name().startsWith("edge10")).hasSize(1);
  }

  @Test
  void aLedgerThatIsLostIsProposedAnewAndTheOldPullRequestMeansNothing() {
    Workers workers = stage.workers("lost", "edge03", 4);
    stage.policy("lost", "fleet");
    stage.start();
    workers.nodeDies(2);
    Remediation lost = stage.await("lost", Phase.Proposed);

    stage.management.client().resource(lost).delete();

    Stage.waiting().until(() -> stage.approver.pulls("lost-edge03").size() == 2);
    Remediation anew = stage.await("lost", Phase.Proposed);
    assertThat(number(anew)).isNotEqualTo(number(lost));
    assertThat(stage.approver.pulls("lost-edge03"))
        .extracting(pull -> pull.path("state").asText())
        .containsExactlyInAnyOrder("open", "closed");
    assertThat(stage.approver.comments(number(lost)))
        .singleElement()
        .asString()
        .contains("proposed anew");
    assertThat(stage.changes()).noneMatch(e -> e.name().startsWith("edge03"));
  }

  @ParameterizedTest
  @CsvSource({"PT10M, ahead, edge11", "PT-10M, behind, edge12"})
  void aClockThatIsWrongMakesNoDifference(Duration by, String namespace, String cluster) {
    stage.clock = () -> Instant.now().plus(by);
    Workers workers = stage.workers(namespace, cluster, 4);
    stage.policy(namespace, "fleet");
    stage.start();
    workers.nodeDies(0);
    Remediation proposed = stage.await(namespace, Phase.Proposed);
    assertThat(Duration.between(proposed.spec().proposedAt(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(1));
    stage.approver.merge(proposed);
    stage.await(namespace, Phase.Verifying);
    workers.replaced(0, cluster + "-md-0-e");

    stage.await(namespace, Phase.Succeeded);
    assertThat(stage.deletedMachines()).filteredOn(e -> e.name().startsWith(cluster)).hasSize(1);
  }
}
