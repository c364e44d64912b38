package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator's process ends at every distinct request of eleven stories, and is started again: at
 * one that changes something once before the server has seen it and once after the server has
 * acted, at one that only reads once. What is left in the clusters and in Gitea is what an
 * undisturbed run leaves: nothing is lost and nothing is there twice.
 *
 * <p>With {@code -Pcrash} it ends in each story at all that it asks for, twice at those that only
 * read as well.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashPointsIT {
  private static final Pattern ACTS =
      Pattern.compile(
          "POST .*/(git-receive-pack|pulls|comments)$|PATCH .*/nodes/|DELETE .*/machines/");

  @AutoClose private static Stage stage;
  @AutoClose private static WorkloadScenes workload;
  private static CrashScenes scenes;
  private static CrashStories stories;

  @BeforeAll
  static void set() {
    stage = new Stage();
    scenes = new CrashScenes(stage);
    stories = new CrashStories(stage);
  }

  @Order(1)
  @TestFactory
  Stream<DynamicTest> whereverItEndsTheSameIsLeft() {
    return stories.told(scenes.plots());
  }

  /** At each act of the story, once before and once after it. */
  @Order(2)
  @Test
  void tenTimesWithARealKillTheSameIsLeft(@TempDir Path folder) {
    Assumptions.assumeTrue(CrashStory.isLong(), "with -Pcrash only");
    Cuts cuts =
        new Cuts(
            r -> ACTS.matcher(r.method() + " " + r.path()).find() ? 2 : 0,
            CrashStory.names("killed"),
            new HashMap<>());

    CrashStory.twice(stage, "killed", cuts, new KilledProcess(folder), scenes::worker);

    assertThat(cuts.made()).hasSizeGreaterThanOrEqualTo(10);
  }

  @Order(3)
  @TestFactory
  Stream<DynamicTest> whereControllersRunTheSameIsLeft() {
    Assumptions.assumeFalse(CrashStory.isLong(), "in WorkloadCrashPointsIT");
    workload = new WorkloadScenes(stage);
    return stories.told(workload.plots());
  }
}
