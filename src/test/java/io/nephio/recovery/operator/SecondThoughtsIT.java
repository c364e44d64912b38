package io.nephio.recovery.operator;

import static io.nephio.recovery.operator.Approver.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.deploy.RbacAudit;
import io.nephio.recovery.plan.Identity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Merged, but not begun yet: what takes the merge back, people who think better of it or a Git
 * server that was restored from before it.
 */
class SecondThoughtsIT {
  private static final String ELSEWHERE =
      "clusterSelector: {matchLabels: {recovery.nephio.io/none: here}}\n";

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
  static void nothingWasRefused() {
    RbacAudit.nothingWasRefused(stage.management);
  }

  @Test
  void theLabelHoldsItUntilItIsTakenOff() {
    Remediation merged = stage.mergedUnseen("held", "edge51");
    stage.approver.hold(merged);

    stage.start();

    Stage.waiting().until(() -> blocked("held").equals("Held"));
    stage.passes(3);
    assertThat(stage.remediation("held").status().phase()).isEqualTo(Phase.Approved);
    assertThat(stage.deletedMachines()).noneMatch(e -> e.name().startsWith("edge51"));

    stage.approver.release(merged);

    stage.await("held", Phase.Verifying);
    assertThat(stage.deletedMachines()).filteredOn(e -> e.name().startsWith("edge51")).hasSize(1);
  }

  @Test
  void aRestartIsNotSeenOnThePullRequest() {
    Workers workers = stage.workers("restarted", "edge50", 4);
    stage.policy("restarted", "fleet");
    stage.start();
    workers.nodeDies(0);
    Remediation proposed = stage.await("restarted", Phase.Proposed);
    Stage.waiting().until(() -> preflights(proposed).size() == 1);

    stage.stop();
    stage.start();

    stage.passes(4);
    assertThat(preflights(proposed)).singleElement().asString().startsWith("success still failing");
  }

  @Test
  void whoMayMergeIsToldWhenAMergeWouldHaveToWait() {
    Workers workers = stage.workers("waiting", "edge58", 6);
    stage.policy("waiting", "fleet", "maxUnhealthy: 2\n");
    stage.start();
    workers.nodeDies(0);
    Remediation proposed = stage.await("waiting", Phase.Proposed);
    Stage.waiting().until(() -> last(proposed).startsWith("success still failing; 1 of 6"));

    workers.nodeDies(1);
    workers.nodeDies(2);
    Stage.waiting().until(() -> last(proposed).startsWith("pending not now: 3 of 6"));
    workers.nodeRecovers(1);
    workers.nodeRecovers(2);

    Stage.waiting().until(() -> last(proposed).startsWith("success still failing; "));
  }

  private static String last(Remediation proposed) {
    List<String> all = preflights(proposed);
    return all.isEmpty() ? "" : all.get(all.size() - 1);
  }

  private static List<String> preflights(Remediation proposed) {
    return stage.approver.statuses(proposed, Preflight.CONTEXT);
  }

  @Test
  void aMergeThatIsRevertedIsARejection() {
    Remediation merged = stage.mergedUnseen("reverted", "edge52");
    String file = "/repos/" + Stage.REPOSITORY + "/contents/" + Identity.of(merged.spec()).path();
    stage.gitea.as(
        Stage.APPROVER,
        "DELETE",
        file,
        Map.of("sha", stage.approver.json(file).path("sha").asText(), "message", "Revert"));

    stage.start();

    Remediation ended = stage.await("reverted", Phase.Rejected);
    assertThat(ended.status().reason()).isEqualTo("Reverted");
    assertThat(ended.status().snoozedUntil()).isNotNull();
    assertThat(stage.approver.comments(number(merged)))
        .anySatisfy(text -> assertThat(text).contains("reverted before the start"));
    stage.passes(3);
    assertThat(stage.approver.pulls("reverted-edge52")).hasSize(1);
    assertThat(stage.changes()).noneMatch(e -> e.name().startsWith("edge52"));
  }

  @Test
  void aGitServerRestoredFromBeforeTheMergeApprovesNothing() {
    Workers workers = stage.workers("unmerged", "edge53", 4);
    stage.policy("unmerged", "fleet");
    stage.start();
    workers.nodeDies(0);
    Remediation proposed = stage.await("unmerged", Phase.Proposed);
    Path before = stage.gitea.backup();
    suspend("unmerged", true);
    stage.approver.merge(proposed);
    Stage.waiting().until(() -> blocked("unmerged").equals("Suspended"));

    stage.gitea.restore(before);
    suspend("unmerged", false);

    Stage.waiting().until(() -> blocked("unmerged").equals("MergeNotSeen"));
    stage.passes(3);
    assertThat(stage.changes()).noneMatch(e -> e.name().startsWith("edge53"));
  }

  @Test
  void aGitServerRestoredFromBeforeTheProposalHasItOnceMore() {
    Path before = stage.gitea.backup();
    Workers workers = stage.workers("anew", "edge54", 4);
    stage.policy("anew", "fleet");
    stage.start();
    workers.nodeDies(0);
    Remediation proposed = stage.await("anew", Phase.Proposed);

    stage.gitea.restore(before);

    Stage.waiting().until(() -> stage.approver.pulls("anew-edge54").size() == 1);
    JsonNode anew = stage.approver.pulls("anew-edge54").get(0);
    assertThat(anew.at("/head/sha").asText()).isEqualTo(proposed.status().proposal().commit());
    stage.approver.merge(proposed);
    stage.await("anew", Phase.Verifying);
    workers.replaced(0, "edge54-md-0-e");
    stage.await("anew", Phase.Succeeded);

    // Forgotten there, it is still over.
    stage.gitea.restore(before);
    stage.passes(3);
    assertThat(stage.deletedMachines()).filteredOn(e -> e.name().startsWith("edge54")).hasSize(1);
  }

  @Test
  void aGitServerRestoredFromBeforeTheMergeIsMergedTwiceAndActedOnOnce() {
    Workers workers = stage.workers("twice", "edge55", 4);
    stage.policy("twice", "fleet");
    stage.start();
    workers.nodeDies(0);
    Remediation proposed = stage.await("twice", Phase.Proposed);
    Path before = stage.gitea.backup();
    stage.approver.merge(proposed);
    stage.await("twice", Phase.Verifying);
    workers.replaced(0, "edge55-md-0-e");
    stage.await("twice", Phase.Succeeded);

    stage.gitea.restore(before);
    stage.approver.merge(proposed);

    stage.passes(3);
    assertThat(stage.remediation("twice").status().phase()).isEqualTo(Phase.Succeeded);
    assertThat(stage.deletedMachines()).filteredOn(e -> e.name().startsWith("edge55")).hasSize(1);
  }

  /** By the branch's own file, and by the whole branch: neither is a merge. */
  @Test
  void aRecordThatIsPushedStraightToTheBranchIsNothing() {
    Workers workers = stage.workers("pushed", "edge56", 4);
    stage.policy("pushed", "fleet");
    stage.start();
    workers.nodeDies(0);
    Remediation proposed = stage.await("pushed", Phase.Proposed);
    String path = Identity.of(proposed.spec()).path();
    String raw = "/repos/" + Stage.REPOSITORY + "/raw/" + path + "?ref=";
    String record =
        stage.gitea.as(Stage.APPROVER, "GET", raw + proposed.status().proposal().branch(), null);

    stage.gitea.createFile(Stage.REPOSITORY, "main", path, record);
    String another = record.replace(proposed.getMetadata().getName(), "pushed-edge56-by-hand");
    stage.gitea.createFile(
        Stage.REPOSITORY, "main", "recovery/pushed-edge56/by-hand.yaml", another);

    stage.passes(5);
    assertThat(stage.remediation("pushed").status().phase()).isEqualTo(Phase.Proposed);
    assertThat(stage.approver.pull(proposed).path("state").asText()).isEqualTo("open");
    assertThat(stage.changes()).noneMatch(e -> e.name().startsWith("edge56"));
  }

  @Test
  void aPolicyThatNoLongerSelectsTheClusterTakesBackWhatIsOpenAndWhatIsMerged() {
    Workers workers = stage.workers("narrowed", "edge57", 4);
    stage.policy("narrowed", "fleet");
    stage.start();
    workers.nodeDies(0);
    Remediation open = stage.await("narrowed", Phase.Proposed);

    stage.policy("narrowed", "fleet", ELSEWHERE);

    assertThat(stage.await("narrowed", Phase.Superseded).status().reason()).isEqualTo("PolicyGone");
    assertThat(stage.approver.pull(open).path("state").asText()).isEqualTo("closed");

    Remediation merged = stage.mergedUnseen("narrowed2", "edge58");
    stage.policy("narrowed2", "fleet", ELSEWHERE);
    stage.start();

    assertThat(stage.await("narrowed2", Phase.Superseded).status().reason())
        .isEqualTo("PolicyGone");
    stage.passes(3);
    assertThat(stage.approver.comments(number(merged)))
        .anySatisfy(text -> assertThat(text).contains("no policy asks for this any more"));
    assertThat(stage.changes()).noneMatch(e -> e.name().matches("edge5[78].*"));
  }

  @Test
  void whatIsOnlyToBeReportedNowIsHeldThoughItIsMerged() {
    stage.mergedUnseen("observed", "edge59");
    stage.policy("observed", "fleet", "approvals: [{mode: Observe}]\n");
    stage.start();

    Stage.waiting().until(() -> blocked("observed").equals("ObserveOnly"));
    stage.passes(3);
    assertThat(stage.remediation("observed").status().phase()).isEqualTo(Phase.Approved);
    assertThat(stage.changes()).noneMatch(e -> e.name().startsWith("edge59"));

    stage.policy("observed", "fleet", "approvals: []\n");
    stage.await("observed", Phase.Verifying);
    assertThat(stage.deletedMachines()).filteredOn(e -> e.name().startsWith("edge59")).hasSize(1);
  }

  private static void suspend(String namespace, boolean suspended) {
    stage.policy(namespace, "fleet", "suspend: " + suspended + "\n");
  }

  private static String blocked(String namespace) {
    return stage.blocked(namespace).map(c -> c.getReason()).orElse("");
  }
}
