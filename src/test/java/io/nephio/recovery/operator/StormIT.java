package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Machines of ten repositories fail at once, and Gitea goes away in the middle of it. */
class StormIT {
  private static final int REPOSITORIES = 10;

  @AutoClose private Stage stage = new Stage();

  @Test
  void eachIsProposedOnceThoughGiteaIsStartedAgain() {
    throughARestart(stage, stage.gitea.url(), 2);
  }

  /** Gitea is started again when a quarter is proposed. */
  static void throughARestart(Stage stage, String gitServer, int inEach) {
    int all = REPOSITORIES * inEach;
    Storm storm =
        Storm.gather(
            stage,
            "storm",
            IntStream.range(0, REPOSITORIES).mapToObj(i -> "nephio/storm" + i).toList(),
            inEach);
    stage.start(gitServer);
    storm.begin();
    Storm.waiting().until(() -> storm.proposed() >= all / 4);
    stage.gitea.stop();
    stage.gitea.resume();
    assertThat(storm.proposed()).isLessThan(all);
    Storm.waiting().until(() -> storm.proposed() == all);

    List<JsonNode> pulls = storm.pulls();
    assertThat(pulls).hasSize(all).allMatch(pull -> pull.path("state").asText().equals("open"));
    List<String> heads = pulls.stream().map(pull -> pull.at("/head/sha").asText()).toList();
    assertThat(stage.remediations())
        .hasSize(all)
        .extracting(r -> r.status().proposal().commit())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(heads);
    assertThat(storm.branches())
        .extracting(branch -> branch.at("/commit/id").asText())
        .containsExactlyInAnyOrderElementsOf(heads);
    assertThat(stage.changes()).isEmpty();
  }
}
