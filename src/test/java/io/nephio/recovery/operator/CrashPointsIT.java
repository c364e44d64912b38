package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.operator.CrashStory.Left;
import io.nephio.recovery.operator.CrashStory.Scene;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator's process ends at every distinct request of the story of a worker's replacement, and
 * is started again: at one that changes something once before the server has seen it and once after
 * the server has acted, at one that only reads once. What is left in the clusters and in Gitea is
 * what an undisturbed run leaves: nothing is lost and nothing is there twice.
 *
 * <p>With {@code -Pcrash} it ends twice at those that only read as well, and in all the other
 * stories, too.
 */
class CrashPointsIT {
  private static final Pattern ACTS =
      Pattern.compile(
          "POST .*/(git-receive-pack|pulls|comments)$|PATCH .*/nodes/|DELETE .*/machines/");

  @AutoClose private static Stage stage;
  private static CrashScenes scenes;

  @BeforeAll
  static void set() {
    stage = new Stage();
    scenes = new CrashScenes(stage);
  }

  @AfterEach
  void clear() {
    stage.clear();
  }

  @Test
  void whereverItEndsTheSameIsLeft() {
    Cuts cuts = CrashStory.everywhere();
    Left undisturbed = CrashStory.twice(stage, "worker", cuts, scenes::worker);

    assertThat(undisturbed.changes())
        .containsEntry("delete machines", 1L)
        .containsEntry("patch nodes", 1L)
        .containsEntry("create remediations", 1L);
    assertThat(undisturbed.pulls()).containsExactly("closed, merged true, commits 1, comments 1");
    assertThat(undisturbed.receipts()).isEqualTo(1);
    String machine =
        " management DELETE /apis/cluster.x-k8s.io/v1beta1/namespaces/worker-cut/machines/worker2-md-0-b";
    assertThat(cuts.made())
        .as("points")
        .anyMatch(p -> p.startsWith("before" + machine))
        .anyMatch(p -> p.startsWith("after" + machine))
        .anyMatch(p -> p.startsWith("after gitea POST ") && p.contains("/git-receive-pack"))
        .anyMatch(p -> p.startsWith("after gitea POST ") && p.contains("/pulls"));
    assertThat(reads(cuts, "management")).isGreaterThan(30);
    assertThat(reads(cuts, "workload")).isGreaterThan(25);
    assertThat(reads(cuts, "gitea")).isGreaterThan(7);
  }

  private static long reads(Cuts cuts, String server) {
    return cuts.made().stream().filter(p -> p.startsWith("before " + server + " GET ")).count();
  }

  @Test
  void ofAControlPlaneTheSameIsLeft() {
    assertThat(left("plane", scenes::member).changes())
        .containsEntry("create machinehealthchecks", 1L)
        .containsEntry("patch machines", 1L)
        .containsEntry("delete machinehealthchecks", 1L);
  }

  @Test
  void ofADefinitionTheSameIsLeft() {
    assertThat(left("definition", scenes::definition).changes())
        .containsEntry("patch customresourcedefinitions", 1L);
  }

  @Test
  void whereAnEngineAppliesItTheSameIsLeft() {
    Assumptions.assumeTrue(CrashStory.isLong(), "with -Pcrash only");
    try {
      Left left = left("synced", scenes::synced);
      assertThat(left.changes()).containsOnlyKeys("create remediations");
      assertThat(left.history()).contains(Phase.WaitingForSync);
    } finally {
      SyncStoriesIT.nothingApplies(stage.workload);
    }
  }

  /** At each act of the story, once before and once after it. */
  @Test
  void tenTimesWithARealKillTheSameIsLeft(@TempDir Path folder) {
    Assumptions.assumeTrue(CrashStory.isLong(), "with -Pcrash only");
    Cuts cuts = new Cuts(r -> ACTS.matcher(r.method() + " " + r.path()).find() ? 2 : 0);

    CrashStory.twice(stage, "killed", cuts, new KilledProcess(folder), scenes::worker);

    assertThat(cuts.made()).hasSizeGreaterThanOrEqualTo(10);
  }

  /** With -Pcrash only. */
  private static Left left(String story, BiFunction<String, String, Scene> scene) {
    Assumptions.assumeTrue(CrashStory.isLong(), "with -Pcrash only");
    return CrashStory.twice(stage, story, CrashStory.everywhere(), scene);
  }
}
