package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A hundred Machines of ten repositories fail at once, and Gitea goes away in the middle of it. */
class StormBenchmark {
  private static final int REPOSITORIES = 10;
  private static final int IN_EACH = 10;
  private static final int ALL = REPOSITORIES * IN_EACH;

  @AutoClose private static Stage stage;

  @BeforeAll
  static void start() {
    stage = new Stage();
  }

  @Test
  void eachIsProposedOnceThoughGiteaIsStartedAgain() {
    Storm storm =
        Storm.gather(
            stage,
            "storm",
            IntStream.range(0, REPOSITORIES).mapToObj(i -> "nephio/storm" + i).toList(),
            IN_EACH);
    stage.start();
    storm.begin();
    Stage.waiting().atMost(Duration.ofMinutes(5)).until(() -> storm.pulls().size() >= ALL / 4);
    stage.gitea.stop();
    stage.gitea.resume();
    assertThat(storm.proposed()).isLessThan(ALL);
    Stage.waiting().atMost(Duration.ofMinutes(5)).until(() -> storm.proposed() == ALL);

    List<JsonNode> pulls = storm.pulls();
    assertThat(pulls).hasSize(ALL).allMatch(pull -> pull.path("state").asText().equals("open"));
    assertThat(stage.remediations())
        .hasSize(ALL)
        .extracting(r -> r.status().proposal().commit())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            pulls.stream().map(pull -> pull.at("/head/sha").asText()).toList());
    assertThat(storm.branches())
        .extracting(branch -> branch.at("/commit/id").asText())
        .containsExactlyInAnyOrderElementsOf(
            pulls.stream().map(pull -> pull.at("/head/sha").asText()).toList());
    assertThat(stage.changes()).isEmpty();
  }
}
