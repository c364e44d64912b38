package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.gitea.Answer;
import io.nephio.recovery.gitea.PullRequest;
import io.nephio.recovery.lifecycle.Pull;
import io.nephio.recovery.plan.LedgerEntry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which looks at a pull request Gitea is spared, and which not. */
class GlancesIT extends PullStage {

  @Test
  void whatNobodyTouchedIsNotLookedAtAgain() {
    LedgerEntry entry = published(restart());
    comment(entry);
    Pull first = look(entry);
    double looks = calls("GET pulls");

    assertThat(look(entry)).isEqualTo(first);
    assertThat(calls("GET pulls")).isEqualTo(looks);
  }

  @Test
  void whatHasJustBeenOpenedIsKnown() {
    double looks = calls("GET pulls");
    LedgerEntry entry = published(restart());
    Pull.Open known = (Pull.Open) look(entry);

    assertThat(calls("GET pulls")).isEqualTo(looks);
    assertThat(known.number()).isEqualTo(number(entry));
    assertThat(known.head()).isEqualTo(entry.status().proposal().commit());
  }

  @Test
  void whatIsMarkedBeforeTheFirstLookIsSeen() {
    LedgerEntry entry = published(restart());
    hold(entry);

    assertThat(((Pull.Open) look(entry)).held()).isTrue();
  }

  @Test
  void whatIsMarkedOrMergedIsSeenAtOnce() {
    LedgerEntry entry = published(restart());
    Pull.Open calm = (Pull.Open) look(entry);
    hold(entry);
    Pull.Open held = (Pull.Open) look(entry);
    server.merge(repository, number(entry), "alice", "merge");

    assertThat(calm.held()).isFalse();
    assertThat(held.held()).isTrue();
    assertThat(look(entry)).isInstanceOf(Pull.Merged.class);
  }

  @Test
  void whoComesRightAfterALookReadsNothing() {
    LedgerEntry entry = published(restart());
    Forge patient = forge(Duration.ofMinutes(1));
    var unused = new PullLook(patient).at(entry);
    double looks = calls("GET pulls");

    assertThat(title(patient, entry)).isEqualTo(pull(entry).path("title").asText());
    assertThat(calls("GET pulls")).isEqualTo(looks);
    assertThat(title(forge, entry)).isEqualTo(title(patient, entry));
    assertThat(calls("GET pulls")).isEqualTo(looks + 1);
  }

  private String title(Forge forge, LedgerEntry entry) {
    Answer<PullRequest> present = forge.glances().present(repository, number(entry));
    return ((Answer.Ok<PullRequest>) present).value().title();
  }

  private void comment(LedgerEntry entry) {
    String comments = "/repos/" + repository + "/issues/" + number(entry) + "/comments";
    server.as("alice", "POST", comments, Map.of("body", "Why?"));
  }

  private void hold(LedgerEntry entry) {
    String labels = "/repos/" + repository + "/labels";
    long label =
        parse(server.as("alice", "GET", labels, null)).findParents("name").stream()
            .filter(node -> node.path("name").asText().equals(Tags.HOLD.name()))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asLong();
    mark(entry, label);
  }
}
