package io.nephio.recovery.judge;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.node;
import static io.nephio.recovery.facts.Sample.ready;
import static io.nephio.recovery.facts.Sample.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.ContentsSample;
import io.nephio.recovery.facts.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NodeCasesTest {
  private static final Instant HOUR = ago("PT1H");

  private static Node with(String type, Status status, Instant since) {
    return node("n", condition("Ready", Status.True, ago("PT24H")), condition(type, status, since));
  }

  private static Node tainted(String key, Instant added) {
    Node node = ready("n");
    return new Node(
        node.ref(),
        node.created(),
        false,
        false,
        Map.of(),
        Map.of(),
        List.of(new Node.Taint(key, "NoSchedule", Optional.of(added))),
        node.conditions());
  }

  static Stream<Arguments> nodes() {
    return Stream.of(
        arguments(with("MemoryPressure", Status.True, HOUR), "NodePressure n 60m Due"),
        arguments(with("DiskPressure", Status.True, HOUR), "NodePressure n 60m Due"),
        arguments(with("PIDPressure", Status.True, HOUR), "NodePressure n 60m Due"),
        arguments(with("PIDPressure", Status.True, ago("PT14M")), "NodePressure n 14m Pending"),
        arguments(with("DiskPressure", Status.False, HOUR), ""),
        arguments(with("DiskPressure", Status.Unknown, HOUR), ""),
        arguments(
            with("NetworkUnavailable", Status.True, HOUR), "NodeNetworkUnavailable n 60m Due"),
        arguments(with("NetworkUnavailable", Status.False, HOUR), ""),
        arguments(with("ReadonlyFilesystem", Status.True, HOUR), ""),
        arguments(
            tainted("node.cilium.io/agent-not-ready", HOUR), "NodeNetworkUnavailable n 60m Due"),
        arguments(
            tainted("node.kubernetes.io/network-unavailable", ago("PT5M")),
            "NodeNetworkUnavailable n 5m Pending"),
        arguments(tainted("dedicated", HOUR), ""));
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void pressureAndNetworkAreFoundByPositiveEvidence(Node node, String found) {
    assertThat(Judged.told(cluster("c").nodes(node))).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({"PT2H, 60, Due", "PT61M, 60, Due", "PT59M, 59, Due", "PT10S, 0, Pending"})
  void aLeaseRenewedAfterTheNodeFellSilentIsASignOfLife(
      String renewed, long minutes, String state) {
    var inside = contents().lease("n", ago(renewed)).contents();
    assertThat(Judged.told(cluster("c").nodes(silent("n", HOUR)).contents(inside)))
        .isEqualTo("NodeNotReady n " + minutes + "m " + state);
  }

  @ParameterizedTest(name = "{0} of {1} within {2}")
  @CsvSource({
    "7, 11, PT2M, true",
    "3, 5, PT2M, true",
    "3, 6, PT2M, false",
    "2, 3, PT2M, false",
    "6, 10, PT5M, true",
    "6, 10, PT2H, false",
    "5, 10, PT1M, false"
  })
  void mostNodesTogetherAreNotTheNodes(int down, int all, String within, boolean mass) {
    long step = java.time.Duration.parse(within).toSeconds() / Math.max(1, down - 1);
    List<Node> nodes = new ArrayList<>();
    IntStream.range(0, all)
        .forEach(
            i ->
                nodes.add(i < down ? silent("n" + i, HOUR.plusSeconds(i * step)) : ready("n" + i)));
    assertThat(Judged.findings(cluster("c").nodes(nodes)))
        .filteredOn(f -> f.reason() == Reason.ControlPlaneOrNetwork)
        .hasSize(mass ? 1 : 0);
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({"3, 5, true", "2, 5, false", "6, 10, true", "5, 10, false", "2, 2, false"})
  void threeFifthsOfTheLeasesAreTheSecondWitness(int expired, int all, boolean mass) {
    ContentsSample inside = contents();
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < all; i++) {
      nodes.add(ready("n" + i));
      inside.lease("n" + i, i < expired ? ago("PT20M") : ago("PT5S"));
    }
    assertThat(Judged.told(cluster("c").nodes(nodes).contents(inside.contents())))
        .isEqualTo(mass ? "ControlPlaneOrNetwork c 19m Due" : "");
  }

  @ParameterizedTest(name = "well after {0} s for {1} s, looked at after {2} s")
  @CsvSource({
    // Nothing was seen in between, so it failed all the time.
    "  0,   0,   90, PT4M",
    "  0,   0,  419, PT4M",
    // One good minute, and two.
    " 10,  70,   90, PT4M",
    " 10, 120,  130, PT4M",
    " 10, 121,  131, PT0S",
    // Nobody looked in time: the operator was away.
    "  0,   0,  421, PT0S",
  })
  void oneGoodMinuteDoesNotHeal(long well, long minutes, long looked, Duration before) {
    Cluster bad = cluster("c").nodes(silent("n", ago("PT4M"))).cluster();
    Memory memory = remember(Memory.EMPTY, bad, NOW);
    if (minutes > 0) {
      memory = remember(memory, cluster("c").nodes(ready("n")).cluster(), NOW.plusSeconds(well));
    }
    Instant later = NOW.plusSeconds(looked);
    Cluster again = cluster("c").nodes(silent("n", later)).cluster();

    assertThat(judge(again, memory, later))
        .singleElement()
        .satisfies(
            f -> assertThat(f.since()).isEqualTo(before.isZero() ? later : NOW.minus(before)));
  }

  private static Memory remember(Memory memory, Cluster cluster, Instant at) {
    return memory.after(
        List.of(cluster), judge(cluster, memory, at), Set.of(), ClusterPolicySpec.defaults(), at);
  }

  private static List<Finding> judge(Cluster cluster, Memory memory, Instant at) {
    return Judges.judge(new Scene(cluster, ClusterPolicySpec.defaults(), memory, at));
  }
}
