package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.plane;
import static io.nephio.recovery.facts.Sample.pod;
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.MachineOwner;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.ObjectRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nodes whose Machines are long gone: one entry of one cluster, in nobody's way. */
class LeftOversTest {
  private static Node left(String name, Instant since, String machine) {
    Node node = silent(name, since);
    return new Node(
        node.ref(),
        node.created(),
        false,
        false,
        Map.of(),
        machine.isEmpty() ? Map.of() : Map.of("cluster.x-k8s.io/machine", machine),
        List.of(),
        node.conditions());
  }

  private static ClusterSample with(Node... nodes) {
    return cluster("c").machines(worker("w1"), worker("w2")).nodes(nodes);
  }

  @Test
  void allOfAClusterAreOneEntry() {
    Plan plan =
        Plans.plan(
            "",
            with(
                left("a", ago("PT15H"), "m-a"),
                left("b", ago("PT9H"), "m-b"),
                left("d", ago("PT2H"), "m-d"),
                left("e", ago("PT1H"), "")));

    assertThat(plan.decisions())
        .singleElement()
        .isInstanceOf(Decision.Manual.class)
        .extracting(Decision::why)
        .isEqualTo(
            "4 Nodes (a, b, d and 1 more) have no Machine, so nothing would bring them back; not"
                + " Ready for up to 15h: left-overs are deleted by hand where nothing runs on them;"
                + " 3 had a Machine once, so see why replacing did not help");
    assertThat(plan.findings()).filteredOn(v -> v.symptomOf().isPresent()).hasSize(3);
  }

  @Test
  void oneIsToldByName() {
    assertThat(Plans.plan("", with(left("a", ago("PT15H"), "m-a"))).decisions().get(0).why())
        .startsWith("Node a has no Machine any more (it was m-a), so nothing would bring it back;");
  }

  @Test
  void theEntryKeepsItsNameWhenTheOldestIsDeleted() {
    Plan before = Plans.plan("", with(left("a", ago("PT15H"), ""), left("b", ago("PT9H"), "")));
    Plan after = Plans.plan("", with(left("b", ago("PT9H"), ""), left("d", ago("PT2H"), "")));

    assertThat(after.decisions().get(0).id()).isEqualTo(before.decisions().get(0).id());
  }

  @Test
  void theyHoldNobodyUpAndExplainTheirPods() {
    ClusterSample cluster =
        cluster("c")
            .machines(worker("w1").failed(), worker("w2"), worker("w3"))
            .nodes(left("a", ago("PT15H"), ""), left("b", ago("PT9H"), ""))
            .contents(contents().pods(pod("p").on("a").crashing(ago("PT14H"))).contents());
    Plan plan = Plans.plan("", cluster);

    assertThat(Plans.told(plan))
        .containsExactlyInAnyOrder(
            "Propose ReplaceMachine Machine default/w1", "Manual None Node a");
    assertThat(plan.findings())
        .filteredOn(v -> v.finding().object().name().equals("p"))
        .extracting(Verdict::because)
        .containsExactly("on Node a, began 1h after it");
  }

  @Test
  void aNodeOfAPoolIsItsPoolsAffair() {
    MachineOwner pool =
        new MachineOwner(
            new ObjectRef("cluster.x-k8s.io/v1beta1", "MachinePool", "default", "mp", ""),
            false,
            false,
            false,
            List.of("a", "b"));
    ClusterSample cluster =
        with(left("a", ago("PT15H"), ""), left("b", ago("PT9H"), ""))
            .management(plane().owners(pool).management());

    assertThat(Plans.plan("", cluster).decisions())
        .hasSize(2)
        .allSatisfy(d -> assertThat(d.why()).contains("belongs to a MachinePool"));
  }
}
