package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.controlPlane;
import static io.nephio.recovery.facts.Sample.healthyMember;
import static io.nephio.recovery.facts.Sample.member;
import static io.nephio.recovery.facts.Sample.plane;
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.MachineSample;
import io.nephio.recovery.facts.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Control planes of every size, in a cluster large enough for its breaker to stay closed. */
class ControlPlaneRulesTest {
  private static final int WORKERS = 20;

  private static ClusterSample members(int all, int down) {
    List<MachineSample> machines = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < all; i++) {
      MachineSample machine = controlPlane("cp" + i);
      machines.add(machine.conditions(healthyMember()));
      if (i < down) {
        machine.conditions(member(Status.Unknown, Status.Unknown));
        nodes.add(silent("cp" + i, ago("PT" + (9 - i) + "H")));
      }
    }
    for (int i = 0; i < WORKERS; i++) {
      machines.add(worker("w" + i));
    }
    return cluster("c")
        .machines(machines.toArray(MachineSample[]::new))
        .nodes(nodes)
        .management(plane().ready(all - down, all).management());
  }

  @ParameterizedTest(name = "{1} of {0} down")
  @CsvSource({
    "1, 1, 0, 'the only member'",
    "2, 1, 1, 'etcd 1 members, 1 healthy after removal, 1 needed'",
    "2, 2, 0, 'etcd 1 members, 0 healthy after removal, 1 needed'",
    "3, 1, 1, 'etcd 2 members, 2 healthy after removal, 2 needed'",
    "3, 2, 0, 'etcd 2 members, 1 healthy after removal, 2 needed'",
    "4, 1, 1, 'etcd 3 members, 3 healthy after removal, 2 needed'",
    "4, 2, 1, 'etcd 3 members, 2 healthy after removal, 2 needed'",
    "4, 3, 0, 'etcd 3 members, 1 healthy after removal, 2 needed'",
    "5, 2, 1, 'etcd 4 members, 3 healthy after removal, 3 needed'",
    "5, 3, 0, 'etcd 4 members, 2 healthy after removal, 3 needed'",
    "7, 3, 1, 'etcd 6 members, 4 healthy after removal, 4 needed'",
    "7, 4, 0, 'etcd 6 members, 3 healthy after removal, 4 needed'"
  })
  void oneMemberIsReplacedWhereTheOthersKeepQuorum(int all, int down, int proposed, String why) {
    Plan plan = Plans.plan("", members(all, down));

    assertThat(plan.proposals()).hasSize(proposed);
    assertThat(plan.decisions()).hasSize(proposed == 0 ? 1 : down);
    assertThat(plan.decisions().get(0).why()).contains(why);
    assertThat(plan.decisions().subList(1, plan.decisions().size()))
        .allSatisfy(d -> assertThat(d.why()).contains("one member at a time"));
  }

  @Test
  void whileOneIsOpenNoOtherIsProposed() {
    Decision first = Plans.plan("", members(5, 1)).decisions().get(0);
    Plan plan = Plans.plan("", members(5, 2), Entries.entry(first, Phase.Verifying));

    assertThat(Plans.told(plan))
        .containsExactly(
            "Propose ReplaceMachine Machine default/cp0",
            "Defer ReplaceMachine Machine default/cp1");
  }

  /** Two of three are down, among the workers: not two things to decide, but one. */
  @Test
  void membersThatFailTogetherAreOneThing() {
    Plan plan = Plans.plan("", members(3, 2));

    assertThat(Plans.told(plan)).containsExactly("Manual None KubeadmControlPlane default/kcp");
    assertThat(plan.decisions().get(0).why())
        .isEqualTo(
            "2 of 3 members of the control plane fail, and quorum would be lost without any of"
                + " them: too many at once for one cause in a Machine; nothing is proposed; without"
                + " cp0: etcd 2 members, 1 healthy after removal, 2 needed; all components healthy"
                + " on 1, 1 needed");
  }
}
