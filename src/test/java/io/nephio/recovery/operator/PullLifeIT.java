package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.lifecycle.Gate;
import io.nephio.recovery.lifecycle.Health;
import io.nephio.recovery.lifecycle.Progress;
import io.nephio.recovery.lifecycle.Pull;
import io.nephio.recovery.lifecycle.Receipt;
import io.nephio.recovery.lifecycle.Seen;
import io.nephio.recovery.lifecycle.Step;
import io.nephio.recovery.lifecycle.Sync;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.Review;
import io.nephio.recovery.record.PackageEdit;
import io.nephio.recovery.record.PullRequestSpecs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The life of a pull request on the Gitea that Nephio ships, one test for each turn that it can
 * take.
 */
class PullLifeIT extends PullStage {
  @Test
  void recordAndEditAreOnePullRequest() {
    double before = calls("git push") + calls("POST pulls");
    LedgerEntry open = published(restart());
    assertThat(calls("git push") + calls("POST pulls")).isEqualTo(before + 2);
    JsonNode pull = pull(open);
    assertThat(pull.at("/base/ref").asText()).isEqualTo("main");
    List<String> files = new ArrayList<>();
    json("/repos/" + repository + "/pulls/" + number(open) + "/files")
        .forEach(
            f ->
                files.add(
                    f.at("/filename").asText()
                        + " +"
                        + f.at("/additions").asInt()
                        + " -"
                        + f.at("/deletions").asInt()));
    assertThat(files).hasSize(2).contains(PATH + " +4 -0");
    server.merge(repository, number(open), "alice", "squash");
    assertThat(look(open))
        .isInstanceOfSatisfying(
            Pull.Merged.class,
            merged -> assertThat(merged.review()).isInstanceOf(Review.Confirmed.class));
  }

  @Test
  void anEditThatWasChangedIsRefusedByItsPath() {
    LedgerEntry open = published(restart());
    commit(open, PATH, text -> text.replace("smf}", "other}"));
    server.merge(repository, number(open), "alice", "merge");
    assertThat(look(open))
        .isInstanceOfSatisfying(
            Pull.Merged.class,
            merged ->
                assertThat(merged.review())
                    .isInstanceOfSatisfying(
                        Review.Edited.class, edited -> assertThat(edited.field()).isEqualTo(PATH)));
  }

  /** A body, by the evidence of now; a status, only when it changes. */
  @Test
  void evidenceChangesTheBodyAlone() {
    LedgerEntry open = published(restart());
    Upkeep upkeep = upkeep();
    keep(upkeep, open, FAILING, NOW);
    String head = pull(open).at("/head/sha").asText();
    sightings.put(
        open.name(), List.of(new RemediationSpec.Evidence("Pod smf-1", "0 of 3", "Stuck", NOW)));

    keep(upkeep, open, FAILING, NOW.plusSeconds(30));
    assertThat(pull(open).at("/body").asText()).doesNotContain("Pod smf-1");
    keep(upkeep, open, FAILING, NOW.plusSeconds(60));

    assertThat(pull(open).at("/body").asText()).contains("| Pod smf-1 | 0 of 3 | Stuck |");
    assertThat(pull(open).at("/head/sha").asText()).isEqualTo(head);
    assertThat(statuses(head)).hasSize(1);
  }

  /** Nothing can be withheld then, and whoever merges has to know. */
  @Test
  void anEngineThatAppliesThePackageIsNamedForAsLongAsItIsNotKnownOtherwise() {
    LedgerEntry open = published(restart());
    assertThat(pull(open).at("/body").asText()).doesNotContain("the merge itself is the act");

    engine = new Sync.Pending("Flux's Kustomization flux-system/edge01", "is at 1f2e");
    keep(upkeep(), open, FAILING, NOW);
    assertThat(pull(open).at("/body").asText())
        .contains(
            "1. Flux's Kustomization flux-system/edge01 applies", "the merge itself is the act");

    engine = new Sync.Unreadable("the API server does not answer");
    keep(upkeep(), open, FAILING, NOW);
    assertThat(pull(open).at("/body").asText()).contains("the merge itself is the act");
  }

  @Test
  void aBodyThatAPersonEditedStaysTheirs() {
    LedgerEntry open = published(restart());
    String mine = "Look at #5 first.\n\n" + pull(open).at("/body").asText();
    server.as("alice", "PATCH", path(open), Map.of("body", mine));
    sightings.put(
        open.name(), List.of(new RemediationSpec.Evidence("Pod smf-1", "0 of 3", "Stuck", NOW)));

    keep(upkeep(), open, FAILING, NOW);

    assertThat(pull(open).at("/body").asText()).isEqualTo(mine);
  }

  @Test
  void preflightIsSaidOnceAndWhenItChanges() {
    LedgerEntry open = published(restart());
    String head = pull(open).at("/head/sha").asText();
    Upkeep upkeep = upkeep();
    Gate breaker = new Gate.Blocked("BreakerOpen", "3 of 6 unhealthy, limit 2", NOW, false);
    for (Seen seen :
        List.of(
            FAILING,
            FAILING,
            seen(new Health.Failing(), breaker),
            seen(new Health.Healthy(), new Gate.Free()))) {
      keep(upkeep, open, seen, NOW);
    }
    // Another process, which remembers nothing.
    keep(upkeep(), open, seen(new Health.Healthy(), new Gate.Free()), NOW);

    assertThat(statuses(head))
        .containsExactly(
            "success still failing; " + open.spec().why(),
            "pending not now: 3 of 6 unhealthy, limit 2",
            "failure no longer failing: nothing is left to do");
  }

  /** Or a number that goes to and fro would fill the list of the commit's statuses. */
  @Test
  void theNumbersOfPreflightAreSaidAnewOnceAMinute() {
    LedgerEntry open = published(restart());
    String head = pull(open).at("/head/sha").asText();
    Upkeep upkeep = upkeep();
    for (int seconds = 0; seconds <= 65; seconds += 5) {
      Gate free = new Gate.Free(seconds + " of 99 unhealthy");
      keep(upkeep, open, seen(new Health.Failing(), free), NOW.plusSeconds(seconds));
    }

    assertThat(statuses(head))
        .containsExactly(
            "success still failing; 0 of 99 unhealthy",
            "success still failing; 60 of 99 unhealthy");
  }

  @Test
  void aBaseThatMovedElsewhereIsLeftAlone() {
    LedgerEntry open = published(restart());
    server.createFile(repository, "main", "other.yaml", "kind: Other\n");

    assertThat(keep(upkeep(), open, FAILING, NOW).step()).isEmpty();
  }

  @Test
  void aPackageThatChangedIsProposedAnewAndBothSaySo() {
    LedgerEntry open = published(restart());
    edit("main", PATH, text -> text.replace("app: smf", "app: smf2"));

    Step.Conclude end = keep(upkeep(), open, FAILING, NOW).step().orElseThrow();
    assertThat(end.status().phase()).isEqualTo(Phase.Superseded);
    assertThat(end.status().reason()).isEqualTo("PackageChanged");
    assertThat(new Farewell(forge, open).say(end).problem()).isEmpty();
    ledger.set(0, new LedgerEntry(open.name(), open.spec(), end.status()));
    Instant later = NOW.plusSeconds(60);
    LedgerEntry anew = published(PullRequestSpecs.again(restart(later), later));

    assertThat(pull(open).at("/state").asText()).isEqualTo("closed");
    assertThat(pull(open).at("/title").asText()).endsWith(" - autoclosed");
    assertThat(comments(open))
        .anyMatch(text -> text.contains("`" + PATH + "` has changed in the base branch"))
        .anyMatch(text -> text.contains("Proposed anew: #" + number(anew)));
    assertThat(pull(anew).at("/body").asText())
        .contains("second time in 30 days in this workload; last: #" + number(open));
  }

  @Test
  void whatIsMarkedHoldIsNotTouched() {
    LedgerEntry open = published(restart());
    long label =
        parse(
                server.as(
                    "alice",
                    "POST",
                    "/repos/" + repository + "/labels",
                    Map.of("name", "recovery/hold", "color", "#ff0000")))
            .at("/id")
            .asLong();
    mark(open, label);
    edit("main", PATH, text -> text.replace("app: smf", "app: smf2"));

    assertThat(keep(upkeep(), open, FAILING, NOW)).isEqualTo(Upkeep.Result.NOTHING);
    assertThat(statuses(pull(open).at("/head/sha").asText())).isEmpty();
  }

  @Test
  void reviewersAreAskedOnceAndWhoIsUnknownIsSaid() {
    LedgerEntry open = published(restart());
    Optional<String> problem = keep(upkeep(), open, FAILING, NOW).problem();
    assertThat(problem.orElseThrow()).startsWith("nobody-here: 404");
    assertThat(pull(open).at("/labels").findValuesAsText("name"))
        .containsExactlyInAnyOrder("recovery", "recovery/rollout");
    assertThat(reviews(open)).containsExactly("alice REQUEST_REVIEW");
    server.as(
        "alice",
        "POST",
        path(open) + "/reviews",
        Map.of("event", "APPROVED", "body", "fine with me"));

    keep(upkeep(), open, FAILING, NOW);

    // From 1.20 on an approval takes the place of what was asked.
    assertThat(reviews(open))
        .contains("alice APPROVED")
        .isSubsetOf("alice REQUEST_REVIEW", "alice APPROVED")
        .doesNotHaveDuplicates();
  }

  @Test
  void oneReminderAfterItsTime() {
    LedgerEntry open = published(restart());
    Instant due = NOW.plus(Duration.ofHours(2));
    keep(upkeep(), open, FAILING, due.minusSeconds(1));
    assertThat(comments(open)).isEmpty();
    keep(upkeep(), open, FAILING, due);
    keep(upkeep(), open, FAILING, due.plusSeconds(600));
    assertThat(comments(open)).hasSize(1);
    assertThat(comments(open).get(0)).startsWith("@alice @nobody-here This waits for a decision");
  }

  @Test
  void whatWeClosedOurselvesIsNoOnesNo() {
    LedgerEntry open = published(restart());
    RemediationStatus healed = open.status().with(Phase.Healed, "Healed", "");
    assertThat(new Farewell(forge, open).say(new Step.Conclude(healed, "Closed.", true)).problem())
        .isEmpty();

    assertThat(look(open)).isEqualTo(new Pull.Withdrawn(Phase.Healed));
  }

  @Test
  void whatWasClosedIsFoundAndNotOpenedAgain() {
    LedgerEntry open = published(restart());
    server.as("alice", "PATCH", path(open), Map.of("state", "closed"));
    LedgerEntry forgotten = new LedgerEntry(open.name(), open.spec(), forgetful(open));

    assertThat(look(forgotten)).isEqualTo(new Pull.Closed("alice"));
    assertThat(lived(forgotten, FAILING, NOW).status().phase()).isEqualTo(Phase.Rejected);
  }

  /** As it was written before the pull request was opened. */
  private static RemediationStatus forgetful(LedgerEntry entry) {
    RemediationStatus.Proposal of = entry.status().proposal();
    return RemediationStatus.empty()
        .withProposal(
            new RemediationStatus.Proposal(
                of.repository(), of.base(), of.branch(), of.commit(), null, ""));
  }

  @Test
  void whatHealedUnderSomebodysHandsStaysOpen() {
    LedgerEntry open = published(restart());
    commit(open, PATH, text -> text + "# mine\n");
    Step.Conclude healed =
        new Step.Conclude(open.status().with(Phase.Healed, "Healed", ""), "Closed: healed.", true);

    assertThat(new Farewell(forge, open).say(healed).problem()).isEmpty();

    assertThat(pull(open).at("/state").asText()).isEqualTo("open");
    assertThat(comments(open)).singleElement().asString().startsWith("Left open, as somebody");
    assertThat(statuses(pull(open).at("/head/sha").asText()))
        .containsExactly("failure no longer failing: nothing is left to do");
    assertThat(json("/repos/" + repository + "/branches/" + open.status().proposal().branch()))
        .isNotNull();
  }

  @Test
  void aRepositoryThatIsGoneHoldsNothingBack() {
    LedgerEntry open = published(restart());
    server.as("nephio", "DELETE", "/repos/" + repository, null);
    Step.Conclude expired =
        new Step.Conclude(open.status().with(Phase.Expired, "Unreadable", ""), "Closed.", true);

    assertThat(look(open)).isInstanceOf(Pull.Unreadable.class);
    assertThat(new Farewell(forge, open).say(expired).problem()).isEmpty();
  }

  @Test
  void whatHealedIsClosedWithAWordAndItsBranchIsGone() {
    LedgerEntry open = published(restart());
    Seen healthy = seen(new Health.Healthy(), new Gate.Free());
    LedgerEntry noted = lived(open, healthy, NOW.plusSeconds(60));
    LedgerEntry healed = lived(noted, healthy, NOW.plusSeconds(700));

    assertThat(healed.status().phase()).isEqualTo(Phase.Healed);
    assertOver(open, "Closed: healthy again since 2026-11-25T05:25:00Z; nothing was done.");
  }

  @Test
  void whatNoPolicyAsksForIsClosed() {
    LedgerEntry open = published(restart());
    Seen gone =
        new Seen(
            new Pull.NotLooked(),
            new Health.Failing(),
            new Gate.Free(),
            new Progress.NotStarted(),
            new Receipt.None(),
            new Sync.NoEngine(),
            true,
            FAILING.pace());
    assertThat(lived(open, gone, NOW).status().reason()).isEqualTo("PolicyGone");
    assertOver(open, "Closed: no policy asks for this any more.");
  }

  @Test
  void whatNobodyMergedInTimeIsClosed() {
    LedgerEntry open = published(restart());
    Instant end = open.spec().expiresAt();
    assertThat(lived(open, FAILING, end.minusSeconds(1)).status()).isEqualTo(open.status());
    assertThat(lived(open, FAILING, end).status().phase()).isEqualTo(Phase.Expired);
    assertOver(open, "Closed: not merged until " + end + ".");
  }

  @Test
  void aNoIsAnsweredOnceAndReopeningUndoesIt() {
    LedgerEntry open = published(restart());
    server.as("alice", "PATCH", path(open), Map.of("state", "closed"));
    LedgerEntry rejected = lived(open, FAILING, NOW.plusSeconds(60));
    assertThat(rejected.status().phase()).isEqualTo(Phase.Rejected);
    assertThat(rejected.status().snoozedUntil()).isEqualTo(NOW.plusSeconds(3660));
    assertThat(comments(open))
        .singleElement()
        .asString()
        .startsWith("Rejected (closed by alice): proposed again after 2026-11-25T06:25:00Z");

    server.as("alice", "PATCH", path(open), Map.of("state", "open"));
    LedgerEntry reopened = lived(rejected, FAILING, NOW.plusSeconds(120));
    assertThat(reopened.status().phase()).isEqualTo(Phase.Proposed);
    assertThat(reopened.status().reason()).isEqualTo("Reopened");
    assertThat(pull(open).at("/title").asText()).doesNotContain("autoclosed");
  }

  /** What is decided at the base commit, before anything is written down. */
  @Test
  void thePackagesAreLookedIntoBeforeAnythingIsWritten() {
    PackageEdit found = new PackageLook(forge, policy, NOW).edit(proposal()).orElseThrow();
    assertThat(found).isInstanceOf(PackageEdit.Found.class);
    assertThat(((PackageEdit.Found) found).edit()).isEqualTo(restart().edit());
    assertThat(obstacle("upfs.core.example"))
        .contains(
            "no package in " + repository + " holds CustomResourceDefinition upfs.core.example");
    server.createFile(
        repository,
        "main",
        "core/crd.yaml",
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name:"
            + " upfs.core.example}");
    assertThat(obstacle("upfs.core.example")).isEmpty();

    server.collaborator(repository, "bot", "read");
    assertThat(new PackageLook(forge, policy, NOW).edit(proposal()))
        .contains(new PackageEdit.None("the packages in " + repository + " are not at hand"));
    server.as("nephio", "DELETE", "/repos/" + repository, null);
    assertThat(new PackageLook(forge, policy, NOW).edit(proposal()))
        .contains(new PackageEdit.None("the packages in " + repository + " are not at hand"));
    server.stop();
    assertThat(new PackageLook(forge, policy, NOW).edit(proposal())).isEmpty();
    server.resume();
  }
}
