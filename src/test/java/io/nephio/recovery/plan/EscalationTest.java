package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.node;
import static io.nephio.recovery.facts.Sample.pod;
import static io.nephio.recovery.facts.Sample.worker;
import static io.nephio.recovery.facts.Sample.workload;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationStatus.Outcome;
import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.ContentsSample;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.ObjectRef;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes after an act that did not help: pod, rollout, Node, Machine, person. */
class EscalationTest {
  private static final Instant BEGAN = ago("PT20M");
  private static final Instant ENDED = ago("PT25M");

  /** One pod of three crashes on n1; with others, or with a workload that stalls. */
  private static ContentsSample web(boolean stalls, String... others) {
    ContentsSample inside =
        contents()
            .replicaSet("web-1", "Deployment", "web")
            .pods(pod("p").crashing(BEGAN), pod("q").on("n2"), pod("r").on("n3"));
    if (stalls) {
      inside.workloads(workload("Deployment", "web").ready(2, 3));
    }
    for (String other : others) {
      inside.pods(pod(other).of("StatefulSet", other).crashing(ago("PT90M")));
    }
    return inside;
  }

  private static ClusterSample with(ContentsSample inside) {
    return cluster("c")
        .machines(worker("n1"), worker("n2"), worker("n3"))
        .contents(inside.contents());
  }

  private static Decision web(ClusterSample cluster, LedgerEntry... ledger) {
    return Plans.plan("", cluster, ledger).decisions().stream()
        .filter(d -> d.incident().root().object().name().equals("p"))
        .findFirst()
        .orElseThrow();
  }

  /** That this was done to what the plan is about, and is over. */
  private static LedgerEntry done(ClusterSample cluster, Action action, ObjectRef target) {
    return Entries.acted(
        Entries.over(web(cluster), Phase.Succeeded, Outcome.Done, ENDED), action, target);
  }

  private static ObjectRef object(String kind, String name) {
    return new ObjectRef("v1", kind, kind.equals("Node") ? null : "shop", name, "uid-" + name);
  }

  @ParameterizedTest(name = "after {0}, stalls {1}, others crash {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DeletePod      | false |       | Propose DeletePod Pod shop/p                 | nothing else is accused
          DeletePod      | true  |       | Propose RestartRollout Deployment shop/web   | the whole workload stalls; 2 of 3
          DeletePod      | false | db    | Propose DrainNode Node n1                    | pods of 2 owners crash on this Node
          DeletePod      | true  | db    | Propose RestartRollout Deployment shop/web   | the whole workload stalls
          RestartRollout | true  |       | Propose RestartRollout Deployment shop/web   | the whole workload stalls
          RestartRollout | true  | db    | Propose DrainNode Node n1                    | StatefulSet shop/db
          RestartRollout | false |       | Propose DeletePod Pod shop/p                 | nothing else is accused
          DrainNode      | false |       | Propose ReplaceNode Node n1                  | the same Node fails in the same way
          """)
  void theNextLargerActTakesEvidenceOfItsOwn(
      Action last, boolean stalls, String others, String expected, String why) {
    ClusterSample cluster = with(web(stalls, Stream.ofNullable(others).toArray(String[]::new)));
    ObjectRef target =
        switch (last) {
          case DrainNode -> object("Node", "n1");
          case RestartRollout -> object("Deployment", "web");
          default -> object("Pod", "before");
        };
    Decision decision = web(cluster, done(cluster, last, target));

    assertThat(Plans.told(decision)).as(decision.why()).isEqualTo(expected);
    assertThat(decision.why())
        .contains(last + " did not help (", "25m ago): ", why, "1 of 3 used in 24h");
    assertThat(decision.id().attempt()).isEqualTo(2);
  }

  @ParameterizedTest(name = "failing again {0} after it, {1}")
  @CsvSource({
    "PT1M, Succeeded, Done, true",
    "PT59M, Succeeded, Done, true",
    "PT60M, Succeeded, Done, false",
    "PT5M, Failed, Done, true",
    "PT5M, Failed, RejectedSafe, false",
    "PT5M, Refused, Refused, false",
    "PT5M, Unknown, Unknown, true"
  })
  void theChainGoesOnWithinMinHealthyPeriodOfAnActThatHappened(
      String after, Phase phase, Outcome outcome, boolean goesOn) {
    ClusterSample cluster = with(web(true));
    LedgerEntry before =
        Entries.over(web(cluster), phase, outcome, BEGAN.minus(java.time.Duration.parse(after)));

    assertThat(web(cluster, before).act().action())
        .isEqualTo(goesOn ? Action.RestartRollout : Action.DeletePod);
  }

  @Test
  void aNodeDrainedInVainIsReplacedAndAnotherIsNot() {
    assertThat(pressed("n1", "n1")).isEqualTo("Propose ReplaceNode Node n1");
    assertThat(pressed("n1", "n2")).isEqualTo("Propose DrainNode Node n1");
  }

  private static String pressed(String name, String drained) {
    Node node =
        node(
            name,
            condition("Ready", Status.True, ago("PT24H")),
            condition("DiskPressure", Status.True, BEGAN));
    ClusterSample cluster =
        cluster("c")
            .machines(worker("n1"), worker("n2"), worker("n3"))
            .nodes(node)
            .contents(contents().contents());
    Decision first = Plans.plan("", cluster).decisions().get(0);
    LedgerEntry before =
        Entries.acted(
            Entries.over(first, Phase.Succeeded, Outcome.Done, ENDED),
            Action.DrainNode,
            object("Node", drained));
    return Plans.told(Plans.plan("", cluster, before)).get(0);
  }

  @Test
  void anotherRevisionIsAnotherStory() {
    ClusterSample cluster = with(web(true));
    LedgerEntry before = Entries.over(web(cluster), Phase.Succeeded, Outcome.Done, ENDED);
    ClusterSample rolled =
        with(
            contents()
                .replicaSet("web-1", "Deployment", "web")
                .workloads(workload("Deployment", "web").ready(2, 3))
                .pods(pod("p").revision("2").crashing(BEGAN)));

    assertThat(web(rolled, before).act().action()).isEqualTo(Action.DeletePod);
  }
}
