package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.controlPlane;
import static io.nephio.recovery.facts.Sample.healthyMember;
import static io.nephio.recovery.facts.Sample.member;
import static io.nephio.recovery.facts.Sample.plane;
import static io.nephio.recovery.facts.Sample.ready;
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.MachineSample;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.judge.Memory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Breakers of the cluster, of each owner, of each failure domain. A worker is written as owner,
 * zone and the hours it has been silent, 0 for well.
 */
class MassFailuresTest {
  private static ClusterSample fleet(String workers) {
    List<MachineSample> machines = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    for (String worker : workers.split(" ", -1)) {
      String name = "m" + machines.size();
      machines.add(worker(name).of("md-" + worker.charAt(0)).in("" + worker.charAt(1)));
      Instant since = ago("PT" + worker.charAt(2) + "H");
      nodes.add(worker.charAt(2) == '0' ? ready(name) : silent(name, since));
    }
    return cluster("c").machines(machines.toArray(MachineSample[]::new)).nodes(nodes);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ax1 ax0 ax0 ax0 ax0                     | Propose ReplaceNode Node m0
          ax9 ax5 ax0 ax0 ax0                     | Propose ReplaceNode Node m0, Propose ReplaceNode Node m1
          ax9 ax5 ax1 ax0 ax0                     | Manual None Cluster default/c
          ax9 bx5 cx1 dx0 ex0                     | Manual None Cluster default/c
          ax9 az5 bx0 by0 by0 by0                 | Manual None MachineDeployment default/md-a
          ax9 ax5 bx0 by0 by0 by0                 | Manual None Cluster default/c
          ax9 bx5 cx0 dy0 ey0 fy0                 | Manual None Cluster default/c
          ax9 bx5 cx0 dx0 ey0 fy0                 | Propose ReplaceNode Node m0, Propose ReplaceNode Node m1
          ax9 az5 bx0 by3 by0 bx0 by0 by0 by0 by0 | Manual None MachineDeployment default/md-a, Propose ReplaceNode Node m3
          ax9 bx5 cy9 dy5 ez0 ez0 ez0 ez0 ez0 ez0 | Manual None Cluster default/c
          """)
  void aMassFailureIsOneEntry(String workers, String expected) {
    assertThat(String.join(", ", Plans.told(Plans.plan("", fleet(workers))))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} then {1}")
  @CsvSource({
    "'ax9 ax5 ax1 ax0 ax0', 'ax0 ax5 ax1 ax3 ax0'",
    "'ax9 bx5 cx0 dy0 ey0 fy0', 'ax0 bx5 cx2 dy0 ey0 fy0'",
    "'ax9 az5 ax0 by0 by0 by0 by0', 'ax0 az5 ax3 by0 by0 by0 by0'",
    "'ax9 bx5 cx0 dy0 ey0 fy0', 'ax9 bx5 cx2 dy0 ey0 fy0'"
  })
  void itsNameStaysWhileMachinesComeAndGo(String before, String after) {
    assertThat(Plans.plan("", fleet(after)).decisions())
        .singleElement()
        .isInstanceOf(Decision.Manual.class)
        .extracting(Decision::id)
        .isEqualTo(Plans.plan("", fleet(before)).decisions().get(0).id());
  }

  @Test
  void aMemberOfTheControlPlaneIsPartOfItAndItsQuorumIsTold() {
    ClusterSample cluster =
        cluster("c")
            .machines(
                controlPlane("cp0").conditions(member(Status.Unknown, Status.Unknown)),
                controlPlane("cp1").conditions(healthyMember()),
                controlPlane("cp2").conditions(healthyMember()),
                worker("w0"),
                worker("w1"))
            .nodes(silent("cp0", ago("PT9H")), silent("w0", ago("PT5H")), silent("w1", ago("PT1H")))
            .management(plane().ready(2, 3).management());

    assertThat(Plans.plan("", cluster).decisions())
        .singleElement()
        .extracting(Decision::why)
        .isEqualTo(
            "3 of 5 Machines unhealthy, limit 2: too many at once for one cause in a Machine;"
                + " nothing is proposed; without cp0: etcd 2 members, 2 healthy after removal, 2"
                + " needed; all components healthy on 2, 1 needed");
  }

  @Test
  void whatIsUnderWayStaysUnderWay() {
    ClusterSample calm = fleet("ax9 ax0 ax0 ax0 ax0");
    Decision open = Plans.plan("", calm).decisions().get(0);
    LedgerEntry entry = Entries.entry(open, Phase.Verifying);

    assertThat(Plans.told(Plans.plan("", fleet("ax9 ax5 ax1 ax0 ax0"), entry)))
        .containsExactly("Propose ReplaceNode Node m0", "Manual None Cluster default/c");
  }

  @ParameterizedTest(name = "{0}, {2} s after it")
  @CsvSource({
    "'ax9 ax5 ax1 ax0 ax0', ax9 ax0 ax0 ax0 ax0, 599, Defer",
    "'ax9 ax5 ax1 ax0 ax0', ax9 ax0 ax0 ax0 ax0, 600, Propose",
    "'ax9 bx5 cx0 dy0 ey0 fy0', ax9 bx0 cx0 dy0 ey0 fy0, 599, Defer",
    "'ax9 bx5 cx0 dy0 ey0 fy0', ax0 bx0 cx0 dy9 ey0 fy0, 599, Propose"
  })
  void afterAStormItsPartOfTheClusterIsLeftAlone(
      String storm, String calm, long seconds, String expected) {
    Memory memory = Plans.plan("", fleet(storm)).memory();
    Memory quiet = plan(fleet("ax0"), memory, NOW).memory();
    Plan after = plan(fleet(calm), quiet, NOW.plusSeconds(seconds));

    assertThat(after.decisions())
        .singleElement()
        .satisfies(d -> assertThat(d.getClass().getSimpleName()).as(d.why()).isEqualTo(expected));
  }

  @Test
  void afterANetworkFailureTheLastToComeBackAreNotReplaced() {
    List<Node> down = new ArrayList<>();
    List<MachineSample> machines = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      machines.add(worker("m" + i));
      down.add(silent("m" + i, ago("PT1H")));
    }
    ClusterSample fleet = cluster("c").machines(machines.toArray(MachineSample[]::new)).nodes(down);
    Plan storm = Plans.plan("maxUnhealthy: '100%'", fleet);
    assertThat(storm.decisions().get(0).why()).contains("the control plane or the network");
    Plan after = plan(fleet.nodes(down.get(0)), storm.memory(), NOW.plusSeconds(60));

    assertThat(after.decisions()).singleElement().isInstanceOf(Decision.Defer.class);
    assertThat(after.decisions().get(0).why()).contains("stormCooldown 10m");
  }

  private static Plan plan(ClusterSample cluster, Memory memory, Instant at) {
    return Planner.plan(
        Policies.policy(""), new Fleet(List.of(cluster.cluster())), Ledger.empty(), memory, at);
  }
}
