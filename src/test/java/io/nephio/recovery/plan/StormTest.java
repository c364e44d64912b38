package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StormTest {
  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({"1000, 2000", "1001, 2000"})
  void aThousandMachinesAtOnceAreOneDecision(int down, int all) {
    List<Machine> machines = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < all; i++) {
      machines.add(worker("w" + i).of("md-" + i % 10).machine());
      if (i < down) {
        nodes.add(silent("w" + i, ago("PT1H")));
      }
    }
    Fleet fleet = new Fleet(List.of(cluster("c").machines(machines).nodes(nodes).cluster()));
    Plan plan = Planner.plan(Policies.policy(""), fleet, Ledger.empty(), NOW);

    assertThat(plan.decisions()).singleElement().isInstanceOf(Decision.Manual.class);
    assertThat(plan.findings()).hasSizeGreaterThanOrEqualTo(down);
  }
}
