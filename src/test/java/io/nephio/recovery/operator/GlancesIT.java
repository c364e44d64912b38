package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.lifecycle.Pull;
import io.nephio.recovery.plan.LedgerEntry;
import org.junit.jupiter.api.Test;

/** Which looks at a pull request Gitea is spared, and which not. */
class GlancesIT extends PullStage {

  @Test
  void whatNobodyTouchedIsNotLookedAtAgain() {
    LedgerEntry entry = published(restart());
    Pull first = look(entry);
    double looks = calls("GET pulls");

    assertThat(look(entry)).isEqualTo(first);
    assertThat(calls("GET pulls")).isEqualTo(looks);
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
