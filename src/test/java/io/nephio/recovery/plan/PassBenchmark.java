package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.pod;
import static io.nephio.recovery.facts.Sample.ready;
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.worker;
import static io.nephio.recovery.facts.Sample.workload;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.ContentsSample;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.Sample;
import io.nephio.recovery.judge.Memory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One pass over a cluster of ten thousand nodes and a hundred thousand pods, one in a thousand
 * sick.
 */
class PassBenchmark {
  private static final int NODES = 10_000;
  private static final int RUNS = Integer.getInteger("benchmark.runs", 21);

  @Test
  void takesLessThanAQuarterOfASecond() {
    Fleet fleet = fleet();
    Policy policy = Policies.policy("");
    Memory memory = Memory.EMPTY;
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 2 * RUNS; i++) {
      long start = System.nanoTime();
      Plan plan = Planner.plan(policy, fleet, Ledger.empty(), memory, Sample.NOW.plusSeconds(i));
      times.add(System.nanoTime() - start);
      memory = plan.memory();
      assertThat(plan.findings()).hasSizeGreaterThanOrEqualTo(100);
    }
    long median = times.stream().skip(RUNS).sorted().toList().get(RUNS / 2) / 1_000_000;
    System.out.println("one pass: " + median + " ms");
    assertThat(median).isLessThan(250);
  }

  private static Fleet fleet() {
    List<Machine> machines = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    ContentsSample inside = contents();
    for (int i = 0; i < NODES; i++) {
      String node = "w" + i;
      machines.add(worker(node).of("md-" + i % 20).machine());
      nodes.add(i % 1_000 == 0 ? silent(node, ago("PT1H")) : ready(node));
      inside.lease(node, ago(i % 1_000 == 0 ? "PT1H" : "PT5S"));
      inside
          .workloads(workload("Deployment", "web" + i))
          .replicaSet("web" + i + "-1", "Deployment", "web" + i);
      for (int j = 0; j < 10; j++) {
        var made = pod("web" + i + "-" + j).of("ReplicaSet", "web" + i + "-1").on(node);
        inside.pods(i % 1_000 == 1 ? made.crashing(ago("PT1H")) : made);
      }
    }
    return new Fleet(
        List.of(
            cluster("c").machines(machines).nodes(nodes).contents(inside.contents()).cluster()));
  }
}
