package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.lifecycle.Pull;
import io.nephio.recovery.lifecycle.Step;
import io.nephio.recovery.plan.Identity;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.Review;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a merge approves, in each style that Gitea has, and what the base may do meanwhile. */
class MergedPullIT extends PullStage {
  private static final String OTHER = MANIFEST.replace("smf", "amf");

  @ParameterizedTest
  @ValueSource(strings = {"merge", "squash", "rebase", "rebase-merge"})
  void everyStyleApprovesWhatWasProposed(String style) {
    LedgerEntry open = published(restart());
    server.createFile(repository, "main", "other.yaml", "kind: Other\n");

    Pull.Merged merged = merged(open, style);

    assertThat(merged.by()).isEqualTo("alice");
    assertThat(merged.review()).isEqualTo(new Review.Confirmed(open.spec().expiresAt()));
    assertThat(merged.standing()).isEqualTo(Pull.Standing.STANDS);
    assertThat(text(PATH, merged.commit())).contains("recovery.nephio.io/restarted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"merge", "squash", "rebase", "rebase-merge"})
  void noStyleApprovesAnotherRecord(String style) {
    LedgerEntry open = published(restart());
    server.createFile(repository, "main", "other.yaml", "kind: Other\n");
    commit(open, record(open), text -> text.replace("name: \"smf\"", "name: \"nrf\""));

    assertThat(merged(open, style).review())
        .isInstanceOfSatisfying(
            Review.Edited.class, edited -> assertThat(edited.merged()).isEqualTo("nrf"));
  }

  @Test
  void whatElseTheFileHoldsMayChangeMeanwhile() {
    edit("main", PATH, text -> MANIFEST + "---\n" + OTHER);
    LedgerEntry open = published(restart());
    edit("main", PATH, text -> text.replace("app: amf", "app: amf2"));

    assertThat(keep(upkeep(), open, FAILING, NOW).step()).isEmpty();
    assertThat(merged(open, "merge").review()).isInstanceOf(Review.Confirmed.class);
    assertThat(text(PATH, "main")).contains("recovery.nephio.io/restarted", "app: amf2");
  }

  @Test
  void aCommitThatChangesMoreOfTheFileIsRefused() {
    edit("main", PATH, text -> MANIFEST + "---\n" + OTHER);
    LedgerEntry open = published(restart());
    commit(open, PATH, text -> text.replace("app: amf", "app: amf2"));

    assertThat(merged(open, "squash").review())
        .isEqualTo(new Review.Edited("the file beside the edit", "as in main", "another"));
  }

  @Test
  void aNoteAndABranchThatIsBroughtUpToDateAreFine() {
    edit("main", PATH, text -> MANIFEST + "---\n" + OTHER);
    LedgerEntry open = published(restart());
    commit(open, record(open), text -> text.replaceFirst("note: .*", "note: \"mine\""));
    edit("main", PATH, text -> text.replace("app: amf", "app: amf2"));
    server.as("alice", "POST", path(open) + "/update", Map.of());

    assertThat(merged(open, "merge").review()).isInstanceOf(Review.Confirmed.class);
  }

  /** Git takes the document that is added before ours for one whose first lines are ours. */
  @Test
  void whatGitCannotMergeIsProposedAnew() {
    LedgerEntry open = published(restart());
    edit("main", PATH, text -> OTHER + "---\n" + MANIFEST);
    Stage.waiting().until(() -> !pull(open).at("/mergeable").asBoolean());

    Upkeep upkeep = upkeep();
    assertThat(keep(upkeep, open, FAILING, NOW).step()).isEmpty();
    Step.Conclude end = keep(upkeep, open, FAILING, NOW.plusSeconds(60)).step().orElseThrow();
    assertThat(end.status().reason()).isEqualTo("PackageChanged");
  }

  /** What it would change was in the base already, by somebody else's hand. */
  @Test
  void aMergeThatAddsNothingApprovesTheSame() {
    LedgerEntry open = published(restart());
    String branch = open.status().proposal().branch();
    server.createFile(repository, "main", record(open), text(record(open), branch));
    edit("main", PATH, text -> text(PATH, branch));

    Pull.Merged merged = merged(open, "merge");

    assertThat(merged.review()).isInstanceOf(Review.Confirmed.class);
    assertThat(merged.standing()).isEqualTo(Pull.Standing.STANDS);
  }

  /** Whether it does is told in the merge or set for the repository, and the servers differ. */
  @Test
  void aMergeMayDeleteTheBranch() {
    LedgerEntry open = published(restart());
    String branches = "/repos/" + repository + "/branches";
    Map<String, Object> merge = Map.of("Do", "squash", "delete_branch_after_merge", true);
    Stage.waiting()
        .ignoreExceptionsInstanceOf(IllegalStateException.class)
        .until(() -> server.as("alice", "POST", path(open) + "/merge", merge).isEmpty());
    Stage.waiting().until(() -> json(branches).size() == 1);

    Pull.Merged merged = (Pull.Merged) look(open);

    assertThat(merged.review()).isInstanceOf(Review.Confirmed.class);
  }

  private static String record(LedgerEntry entry) {
    return Identity.of(entry.spec()).path();
  }

  private Pull.Merged merged(LedgerEntry open, String style) {
    server.merge(repository, number(open), "alice", style);
    return (Pull.Merged) look(open);
  }
}
