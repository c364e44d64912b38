package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.servers.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long it takes when a great many Machines fail at once. */
class StormBenchmark {
  private static final int FORTY = 40;
  private static final int AT_ONCE = 4;

  /** In each of as many clusters, before: nobody's operator has only just been started. */
  private static final int WARM_UP = 10;

  @TempDir private static Path folder;
  @AutoClose private Stage stage = new Stage();
  private final Watch watch = new Watch();
  @AutoClose private Line line = Line.to(stage.gitea.url(), watch);

  @Test
  void aHundredOfTenRepositoriesThoughGiteaIsStartedAgain() {
    long start = System.nanoTime();
    StormIT.throughARestart(stage, line.url(), 10);
    tell("100 remediations of 10 repositories", start);
  }

  /** Against as many by hand, by as many people as the operator has hands. */
  @Test
  void fortyOfOneRepositoryTakeLittleLongerThanByHand() throws Exception {
    long byHand = byHand();
    Storm storm = Storm.gather(stage, "forty", Collections.nCopies(FORTY / 10, "nephio/forty"), 10);
    Storm before =
        Storm.gather(stage, "before", Collections.nCopies(FORTY / 10, "nephio/before"), WARM_UP);
    stage.start(line.url());
    before.begin();
    Storm.waiting().until(() -> before.proposed() == WARM_UP * FORTY / 10);
    before.forget();
    Stage.waiting().until(() -> clustersSeen("forty") == FORTY / 10);
    storm.begin();
    long start = System.nanoTime();
    Storm.waiting().until(() -> storm.proposed() == FORTY);
    long took = tell(FORTY + " remediations of one repository; by hand " + byHand + " ms", start);
    assertThat(took).isLessThan(byHand * 3 / 2);
    assertThat(storm.pulls()).hasSize(FORTY);
  }

  private long byHand() throws Exception {
    List<Callable<Long>> people = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      ByHand one =
          ByHand.in(Files.createDirectory(folder.resolve("by" + i)), stage.gitea, Stage.REPOSITORY);
      String name = "by" + i + "-";
      people.add(
          () -> IntStream.range(0, FORTY / AT_ONCE).mapToLong(j -> one.propose(name + j)).sum());
    }
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      long start = System.nanoTime();
      for (Future<Long> done : threads.invokeAll(people)) {
        done.get();
      }
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    } finally {
      threads.shutdownNow();
    }
  }

  private long clustersSeen(String name) {
    return IntStream.range(0, FORTY / 10)
        .filter(i -> !stage.readPolicy(name + i, "fleet").status().clusters().isEmpty())
        .count();
  }

  private long tell(String what, long start) {
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    System.out.println("benchmark: " + what + ": " + took + " ms\n" + watch.counted());
    return took;
  }
}
