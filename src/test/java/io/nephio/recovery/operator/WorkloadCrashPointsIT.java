package io.nephio.recovery.operator;

import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The stories in a cluster with its real controllers, with {@code -Pcrash} beside the others;
 * without it they are told after them.
 */
class WorkloadCrashPointsIT {
  @AutoClose private static Stage stage;
  @AutoClose private static WorkloadScenes scenes;

  @BeforeAll
  static void set() {
    Assumptions.assumeTrue(CrashStory.isLong(), "in CrashPointsIT");
    stage = new Stage();
    scenes = new WorkloadScenes(stage);
  }

  @TestFactory
  Stream<DynamicTest> whereverItEndsTheSameIsLeft() {
    return new CrashStories(stage).told(scenes.plots());
  }
}
