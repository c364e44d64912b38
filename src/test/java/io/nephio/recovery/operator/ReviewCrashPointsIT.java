package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.operator.CrashStory.Left;
import io.nephio.recovery.operator.CrashStory.Scene;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * With {@code -Pcrash}: the operator's process ends at every distinct request of the stories in
 * which nothing, or not at once, comes of a proposal.
 */
class ReviewCrashPointsIT {
  @AutoClose private static Stage stage;
  private static CrashScenes scenes;

  @BeforeAll
  static void set() {
    Assumptions.assumeTrue(CrashStory.isLong(), "with -Pcrash only");
    stage = new Stage();
    scenes = new CrashScenes(stage);
  }

  @AfterEach
  void clear() {
    stage.clear();
  }

  @Test
  void whatIsHeldIsDoneOnceItIsReleased() {
    assertThat(left("held", scenes::held).changes()).containsEntry("delete machines", 1L);
  }

  @Test
  void whatIsClosedIsRejectedOnce() {
    unchanged(left("closed", scenes::closed));
  }

  @Test
  void whatHealsIsWithdrawnOnce() {
    unchanged(left("healed", scenes::healed));
  }

  @Test
  void whatIsWeakenedIsAnsweredOnce() {
    unchanged(left("weakened", scenes::weakened));
  }

  private static Left left(String story, BiFunction<String, String, Scene> scene) {
    return CrashStory.twice(stage, story, CrashStory.everywhere(), scene);
  }

  private static void unchanged(Left left) {
    assertThat(left.changes()).containsOnlyKeys("create remediations");
    assertThat(left.pulls()).singleElement().asString().endsWith("comments 1");
  }
}
