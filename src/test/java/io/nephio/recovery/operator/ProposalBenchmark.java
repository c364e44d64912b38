package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.servers.CommandLine;
import io.nephio.recovery.servers.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the instant at which a Node has been gone for too long until its pull request is open. The
 * floor is what nobody can do without: git pushes a commit that is there already, and curl opens
 * the pull request. Both take turns on one Gitea.
 */
class ProposalBenchmark {
  private static final String CLUSTER = "bench";
  private static final int WARM_UP = 5;
  private static final int RUNS = Integer.getInteger("benchmark.runs", 40);
  private static final Duration THRESHOLD = Duration.ofSeconds(3);

  @AutoClose private static Stage stage;
  @AutoClose private static Line line;
  @TempDir static Path folder;
  private static final Watch WATCH = new Watch();
  private static Workers workers;

  @BeforeAll
  static void start() {
    stage = new Stage();
    line = Line.to(stage.gitea.url(), WATCH);
    workers = stage.workers(CLUSTER, CLUSTER, WARM_UP + RUNS);
    stage.policy(CLUSTER, "fleet", "nodeNotReadyThreshold: " + THRESHOLD.toSeconds() + "s\n");
    stage.start(line.url());
    Stage.waiting().until(() -> !stage.readPolicy(CLUSTER, "fleet").status().clusters().isEmpty());
  }

  @Test
  void takesHardlyLongerThanAPushAndACall() throws Exception {
    assumeThat(CommandLine.has("git", "curl")).as("git and curl are on the PATH").isTrue();
    ByHand byHand = ByHand.in(folder, stage.gitea, Stage.REPOSITORY);
    List<Long> floor = new ArrayList<>();
    List<Long> ours = new ArrayList<>();
    List<Long> detect = new ArrayList<>();
    List<Long> share = new ArrayList<>();
    for (int i = -WARM_UP; i < RUNS; i++) {
      long theirs = byHand.propose("floor" + (i + WARM_UP));
      Instant crossed = failure(i + WARM_UP);
      Instant open = WATCH.opened(crossed);
      if (i >= 0) {
        floor.add(theirs);
        ours.add(Duration.between(crossed, open).toMillis());
        Instant first = WATCH.asked(crossed);
        detect.add(Duration.between(crossed, first).toMillis());
        share.add(Duration.between(first, open).minus(WATCH.busy(first, open)).toMillis());
      }
    }
    System.out.printf(
        "benchmark: proposal on %s: open after P50 %d ms, P99 %d ms; floor P50 %d ms;"
            + " first call after P50 %d ms, own share from there P50 %d ms%n",
        Files.getFileStore(folder).type(),
        percentile(ours, 50),
        percentile(ours, 99),
        percentile(floor, 50),
        percentile(detect, 50),
        percentile(share, 50));
    assertThat(percentile(ours, 50)).isLessThan(percentile(floor, 50) * 115 / 100 + 100);
    assertThat(percentile(ours, 99)).isLessThan(3_000);
    assertThat(percentile(share, 50)).isLessThan(60);
    assumeThat(percentile(floor, 50)).as("a push and a call alone").isLessThan(1_000);
    assertThat(percentile(ours, 50)).isLessThan(1_200);
  }

  /** A Node that died a moment ago; the instant at which that has lasted for long enough. */
  private static Instant failure(int index) {
    workers.nodeDies(index, Instant.now());
    Instant since = since(workers.name(index));
    stage.await(CLUSTER, Phase.Proposed);
    workers.nodeRecovers(index);
    stage.await(CLUSTER, Phase.Healed);
    stage.management.client().resources(Remediation.class).inNamespace(CLUSTER).delete();
    return since.plus(THRESHOLD);
  }

  private static Instant since(String node) {
    return stage.workload.client().nodes().withName(node).get().getStatus().getConditions().stream()
        .filter(c -> c.getType().equals("Ready"))
        .map(c -> Instant.parse(c.getLastTransitionTime()))
        .findFirst()
        .orElseThrow();
  }

  private static long percentile(List<Long> times, int percent) {
    return times.stream().sorted().toList().get((times.size() - 1) * percent / 100);
  }
}
