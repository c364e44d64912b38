package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.nephio.recovery.git.ClockProbe;
import io.nephio.recovery.operator.CrashStory.Left;
import io.nephio.recovery.operator.CrashStory.Scene;
import io.nephio.recovery.operator.Stage.Workers;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's process ends at every distinct request of the story of a worker's replacement,
 * once before the server has seen it and once after the server has acted, and is started again.
 * What is left in the clusters and in Gitea is what an undisturbed run leaves: nothing is lost and
 * nothing is there twice.
 *
 * <p>With {@code -Pcrash} it ends at every request that only reads as well, and in the stories of a
 * control plane and of a CustomResourceDefinition, too.
 */
class CrashPointsIT {
  private static final Logger LOG = LoggerFactory.getLogger(CrashPointsIT.class);

  @AutoClose private static Stage stage;

  @BeforeAll
  static void set() {
    ClockProbe.finish();
    stage = new Stage();
  }

  @AfterEach
  void clear() {
    stage.clear();
  }

  @Test
  void whereverItEndsTheSameIsLeft() {
    Cuts cuts = new Cuts(CrashStory.points());
    Left undisturbed = twice("calm", "edge31", "cut", "edge32", cuts, CrashPointsIT::worker);

    assertThat(undisturbed.changes())
        .containsEntry("delete machines", 1L)
        .containsEntry("patch nodes", 1L)
        .containsEntry("create remediations", 1L);
    assertThat(cuts.made())
        .as("points")
        .hasSizeGreaterThan(25)
        .contains(
            "before management DELETE /apis/cluster.x-k8s.io/v1beta1/namespaces/cut/machines/edge32-md-0-b",
            "after management DELETE /apis/cluster.x-k8s.io/v1beta1/namespaces/cut/machines/edge32-md-0-b")
        .anyMatch(p -> p.startsWith("after gitea POST ") && p.endsWith("/git-receive-pack"))
        .anyMatch(p -> p.startsWith("after gitea POST ") && p.endsWith("/pulls"));
  }

  @Test
  void ofAControlPlaneTheSameIsLeft() {
    Assumptions.assumeTrue(CrashStory.isLong(), "with -Pcrash only");
    Cuts cuts = new Cuts(CrashStory.points());
    Left undisturbed = twice("still", "edge33", "torn", "edge34", cuts, CrashPointsIT::member);

    assertThat(undisturbed.changes())
        .containsEntry("create machinehealthchecks", 1L)
        .containsEntry("patch machines", 1L)
        .containsEntry("delete machinehealthchecks", 1L);
  }

  @Test
  void ofADefinitionTheSameIsLeft() {
    Assumptions.assumeTrue(CrashStory.isLong(), "with -Pcrash only");
    Cuts cuts = new Cuts(CrashStory.points());
    Left undisturbed = twice("whole", "edge35", "split", "edge36", cuts, CrashPointsIT::definition);

    assertThat(undisturbed.changes()).containsEntry("patch customresourcedefinitions", 1L);
  }

  @Test
  void tenTimesWithARealKillTheSameIsLeft(@TempDir Path folder) {
    Assumptions.assumeTrue(CrashStory.isLong(), "with -Pcrash only");
    AtomicInteger kills = new AtomicInteger();
    Cuts cuts =
        new Cuts(
            r ->
                !r.method().equals("GET")
                    && !r.path().contains("/leases")
                    && kills.getAndIncrement() % 2 == 0);
    Scene calm = worker("alive", "edge37");
    Left undisturbed = new CrashStory(stage, "alive", "edge37", new Cuts(r -> false)).told(calm);

    Scene killed = worker("killed", "edge38");
    Left left =
        new CrashStory(stage, "killed", "edge38", cuts, new KilledProcess(folder)).told(killed);

    LOG.info("{} kills:\n{}", cuts.made().size(), String.join("\n", cuts.made()));
    assertThat(cuts.made()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(left).isEqualTo(undisturbed);
  }

  /** Undisturbed and cut; what the first leaves, the second does. */
  private static Left twice(
      String calm,
      String one,
      String cut,
      String other,
      Cuts cuts,
      BiFunction<String, String, Scene> scene) {
    Scene first = scene.apply(calm, one);
    Left undisturbed = new CrashStory(stage, calm, one, new Cuts(r -> false)).told(first);
    Scene second = scene.apply(cut, other);
    Left left = new CrashStory(stage, cut, other, cuts).told(second);
    LOG.info("{} points:\n{}", cuts.made().size(), String.join("\n", cuts.made()));
    assertThat(left).isEqualTo(undisturbed);
    return undisturbed;
  }

  private static Scene worker(String namespace, String cluster) {
    Workers workers = stage.workers(namespace, cluster, 4);
    stage.policy(namespace, "fleet");
    return new Scene() {
      private boolean replaced;

      @Override
      public void fail() {
        workers.nodeDies(1);
      }

      @Override
      public void play() {
        if (!replaced && isGoing(workers.machines().get(1))) {
          workers.replaced(1, workers.name(1) + "-new");
          replaced = true;
        }
      }
    };
  }

  private static Scene member(String namespace, String cluster) {
    Members members = Members.of(stage, namespace, cluster);
    stage.policy(namespace, "fleet");
    return new Scene() {
      private boolean replaced;

      @Override
      public void fail() {
        members.nodeDies(1);
      }

      @Override
      public void play() {
        if (!replaced
            && members
                .read(1)
                .getMetadata()
                .getLabels()
                .containsKey("recovery.nephio.io/approved")) {
          members.remediated(1, cluster + "-cp-d");
          replaced = true;
        }
      }
    };
  }

  private static Scene definition(String namespace, String cluster) {
    String plural = namespace + "s";
    String manifest = CrdStoriesIT.manifest(plural, "v1");
    stage.gitea.createFile(Stage.REPOSITORY, "main", "crds/" + plural + ".yaml", manifest);
    stage.workers(namespace, cluster, 1);
    return () ->
        stage.policy(
            namespace,
            "fleet",
            "workloadRepository: " + Stage.REPOSITORY + "\n",
            "criticalCRDs: {workload: [" + plural + ".example.com]}\n");
  }

  private static boolean isGoing(GenericKubernetesResource machine) {
    Resource<GenericKubernetesResource> resource = stage.management.client().resource(machine);
    GenericKubernetesResource now = resource.get();
    return now != null && now.getMetadata().getDeletionTimestamp() != null;
  }
}
