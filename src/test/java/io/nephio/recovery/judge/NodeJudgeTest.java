package io.nephio.recovery.judge;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.deleting;
import static io.nephio.recovery.facts.Sample.node;
import static io.nephio.recovery.facts.Sample.notReady;
import static io.nephio.recovery.facts.Sample.ready;
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.undated;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.Reach;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NodeJudgeTest {
  private static final ClusterPolicySpec POLICY = ClusterPolicySpec.defaults();

  @ParameterizedTest
  @CsvSource({
    "False, PT0S, false",
    "False, PT4M59S, false",
    "False, PT5M, true",
    "False, PT5M1S, true",
    "Unknown, PT4M59S, false",
    "Unknown, PT5M, true",
  })
  void isDueFromTheThresholdOn(Status status, String notReadyFor, boolean due) {
    Node node = node("n1", condition("Ready", status, ago(notReadyFor)));

    assertThat(judge(cluster("edge01").nodes(node)))
        .singleElement()
        .satisfies(f -> assertThat(f.reason()).isEqualTo(Reason.NodeNotReady))
        .satisfies(f -> assertThat(f.object()).isEqualTo(node.ref()))
        .satisfies(f -> assertThat(f.since()).isEqualTo(ago(notReadyFor)))
        .satisfies(f -> assertThat(f.isDue(NOW)).isEqualTo(due));
  }

  @Test
  void aMomentBeforeTheThresholdIsStillPending() {
    Finding finding = judge(cluster("edge01").nodes(notReady("n1", ago("PT5M")))).get(0);

    assertThat(finding.isDue(finding.due().minusNanos(1))).isFalse();
    assertThat(finding.isDue(finding.due())).isTrue();
  }

  static Stream<Arguments> noEvidence() {
    Node dead = silent("n1", ago("PT1H"));
    return Stream.of(
        arguments("a ready Node", cluster("c").nodes(ready("n1"))),
        arguments("no Ready condition", cluster("c").nodes(node("n1"))),
        arguments("a Node being deleted", cluster("c").nodes(deleting(dead))),
        arguments(
            "the Machine being deleted",
            cluster("c").machines(worker("n1").deleting()).nodes(dead)),
        arguments("Nodes not looked at", cluster("c").nodesNotLooked()),
        arguments("nobody tried", cluster("c").nodes(dead).reach(new Reach.NotTried())),
        arguments("a paused cluster", cluster("c").nodes(dead).paused()),
        arguments("a cluster being deleted", cluster("c").nodes(dead).deleting()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("noEvidence")
  void findsNothingWithoutEvidence(String what, ClusterSample cluster) {
    assertThat(judge(cluster)).as(what).isEmpty();
  }

  static Stream<Arguments> clustersNobodyCanAsk() {
    return Stream.of(
        arguments(new Reach.Unreachable(ago("PT1H"), "timeout")),
        arguments(new Reach.CredentialProblem(ago("PT1H"), "401")));
  }

  @ParameterizedTest
  @MethodSource("clustersNobodyCanAsk")
  void oldReadingsOfAClusterThatCannotBeAskedProveNothing(Reach reach) {
    assertThat(judge(cluster("c").nodes(silent("n1", ago("PT1H"))).reach(reach)))
        .extracting(Finding::reason)
        .doesNotContain(Reason.NodeNotReady)
        .hasSize(1);
  }

  static Stream<Arguments> timesThatCannotBe() {
    return Stream.of(
        arguments("in the future", condition("Ready", Status.False, NOW.plusSeconds(3600))),
        arguments("absent", undated("Ready", Status.False)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("timesThatCannotBe")
  void aFailureWithoutABelievableBeginningBeginsNow(String what, Condition ready) {
    assertThat(judge(cluster("c").nodes(node("n1", ready))))
        .as(what)
        .singleElement()
        .satisfies(f -> assertThat(f.since()).isEqualTo(NOW))
        .satisfies(f -> assertThat(f.due()).isEqualTo(NOW.plusSeconds(300)));
  }

  @Test
  void theMachineIsASecondWitness() {
    Cluster cluster =
        cluster("c")
            .machines(worker("n1").conditions(condition("NodeHealthy", Status.False, ago("PT6M"))))
            .nodes(silent("n1", ago("PT6M")))
            .cluster();

    assertThat(Judges.judge(cluster, POLICY, NOW))
        .singleElement()
        .satisfies(
            f ->
                assertThat(f.evidence())
                    .extracting(Evidence::object, Evidence::condition)
                    .containsExactly(
                        tuple("Node n1", "Ready=Unknown"),
                        tuple("Machine default/n1", "NodeHealthy=False")));
  }

  private static List<Finding> judge(ClusterSample cluster) {
    return Judges.judge(cluster.cluster(), POLICY, NOW);
  }
}
