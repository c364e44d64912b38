package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.pod;
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.ContentsSample;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Node;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Half of a large cluster fails in one second: how long the plan takes, its judgement included.
 * What counts is the median of the thread's own time; the first runs warm the compiler up.
 */
class PlannerBenchmark {
  private static final int WARM_UP = 10;
  private static final int RUNS = 21;
  private static final Duration LIMIT = Duration.ofMillis(100);

  /**
   * One second is one story for the second witness; days apart, it is one for the breaker.
   *
   * @param spread seconds between two failures
   * @param pods that crash on every Node that fails
   */
  @ParameterizedTest(name = "{0} of {1}, {2} s apart, {3} pods on each")
  @CsvSource({"1000, 2000, 0, 0", "1000, 2000, 400, 0", "1000, 2000, 0, 2", "1000, 2000, 400, 2"})
  void aMassFailureIsOneDecisionAtOnce(int down, int all, int spread, int pods) {
    Fleet fleet = fleet(down, all, spread, pods);
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long[] nanos = new long[RUNS];
    for (int i = -WARM_UP; i < RUNS; i++) {
      long start = clock.getCurrentThreadCpuTime();
      Plan plan = Planner.plan(Policies.policy(""), fleet, Ledger.empty(), NOW);
      if (i >= 0) {
        nanos[i] = clock.getCurrentThreadCpuTime() - start;
      }
      assertThat(plan.decisions()).singleElement().isInstanceOf(Decision.Manual.class);
    }
    Arrays.sort(nanos);
    Duration median = Duration.ofNanos(nanos[RUNS / 2]);
    System.out.printf(
        "%d of %d, %d s apart, %d pods on each: median %.1f ms, slowest %.1f ms%n",
        down, all, spread, pods, median.toNanos() / 1e6, nanos[RUNS - 1] / 1e6);
    assertThat(median).isLessThan(LIMIT);
  }

  private static Fleet fleet(int down, int all, int spread, int pods) {
    List<Machine> machines = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    ContentsSample inside = contents();
    for (int i = 0; i < all; i++) {
      String name = "w" + i;
      machines.add(worker(name).of("md-" + i % 10).in("zone-" + i % 3).machine());
      if (i < down) {
        Instant since = ago("PT1H").minusSeconds((long) i * spread);
        nodes.add(silent(name, since));
        for (int p = 0; p < pods; p++) {
          inside.pods(
              pod("p-" + i + "-" + p).of("StatefulSet", "s" + i).on(name).crashing(ago("PT30M")));
        }
      }
    }
    return new Fleet(
        List.of(
            cluster("c").machines(machines).nodes(nodes).contents(inside.contents()).cluster()));
  }
}
