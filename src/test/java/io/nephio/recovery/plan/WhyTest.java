package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.controlPlane;
import static io.nephio.recovery.facts.Sample.healthyMember;
import static io.nephio.recovery.facts.Sample.member;
import static io.nephio.recovery.facts.Sample.node;
import static io.nephio.recovery.facts.Sample.plane;
import static io.nephio.recovery.facts.Sample.pod;
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.worker;
import static io.nephio.recovery.facts.Sample.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.ContentsSample;
import io.nephio.recovery.facts.Reach;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One sentence, with the numbers it was decided by. */
class WhyTest {
  private static final Instant HOUR = ago("PT1H");

  private static ClusterSample workers(ContentsSample inside) {
    return cluster("c")
        .machines(worker("n1"), worker("n2"), worker("n3"))
        .contents(inside.contents());
  }

  private static ContentsSample web() {
    return contents()
        .replicaSet("web-1", "Deployment", "web")
        .workloads(workload("Deployment", "web").ready(2, 3));
  }

  private static ClusterSample pressed(ContentsSample inside) {
    return workers(inside)
        .nodes(
            node(
                "n1",
                condition("Ready", Status.True, HOUR),
                condition("DiskPressure", Status.True, HOUR)));
  }

  private static ClusterSample members(Status third) {
    return cluster("c")
        .machines(
            controlPlane("cp1").conditions(member(Status.Unknown, Status.Unknown)),
            controlPlane("cp2").conditions(healthyMember()),
            controlPlane("cp3").conditions(member(third, Status.True)),
            worker("w1"))
        .nodes(silent("cp1", HOUR))
        .management(plane().ready(2, 3).management());
  }

  static Stream<Arguments> proposals() {
    String machine = "1 of 3 Machines unhealthy, limit 1; MachineDeployment md-0 replaces it";
    return Stream.of(
        arguments("", workers(contents()).nodes(silent("n1", HOUR)), machine),
        arguments(
            "approvals: [{actions: ['DrainNode'], mode: 'Observe'}, {mode: 'PullRequest'}]",
            workers(contents()).nodes(silent("n1", HOUR)),
            machine + "; PullRequest (approvals[1])"),
        arguments(
            "",
            members(Status.True),
            "1 of 4 Machines unhealthy, limit 1; etcd 2 members, 2 healthy after removal, 2 needed;"
                + " all components healthy on 2, 1 needed; KubeadmControlPlane kcp replaces it"),
        arguments(
            "",
            workers(web().pods(pod("p").crashing(HOUR))),
            "2 of 3 pods of Deployment shop/web ready; shop/p alone fails of its revision, so a new"
                + " pod may heal it"),
        arguments(
            "",
            workers(web().pods(pod("p").crashing(HOUR), pod("q").crashing(HOUR))),
            "2 of 3 pods of Deployment shop/web ready; 2 pods of it fail, all on Node n1; shop/p is"
                + " the first"),
        arguments(
            "",
            workers(web().pods(pod("p").unready(HOUR))),
            "2 of 3 pods of Deployment shop/web ready; no cause is seen that a restart would not"
                + " change"),
        arguments(
            "",
            pressed(web().pods(pod("p"), pod("q").on("n2"))),
            "1 of 3 Machines unhealthy, limit 1; the pods on it (1) may move, and 2 other Nodes take"
                + " them in"));
  }

  @ParameterizedTest
  @MethodSource("proposals")
  void ofAProposal(String policy, ClusterSample cluster, String why) {
    assertWhy(policy, cluster, "Propose", why);
  }

  static Stream<Arguments> deferrals() {
    ClusterSample dead = workers(contents()).nodes(silent("n1", HOUR));
    return Stream.of(
        arguments("suspend: true", dead, "policy default/edge is suspended"),
        arguments(
            "approvals: [{actions: ['ReplaceNode'], mode: 'Observe'}]",
            dead,
            "policy: Observe (approvals[0])"),
        arguments(
            "approvals: [{machineSelector: {matchLabels: {tier: 'gold'}}, mode: 'Observe'}]",
            cluster("c")
                .machines(worker("n1").labels("tier", "gold"), worker("n2"), worker("n3"))
                .nodes(
                    node(
                        "n1",
                        condition("Ready", Status.True, HOUR),
                        condition("DiskPressure", Status.True, HOUR)))
                .contents(contents().contents()),
            "policy: Observe (approvals[0])"),
        arguments(
            "",
            pressed(web().pods(pod("p")).budget("web", 0)),
            "PodDisruptionBudget shop/keep-web allows no eviction of pod shop/p"));
  }

  @ParameterizedTest
  @MethodSource("deferrals")
  void ofWhatWaits(String policy, ClusterSample cluster, String why) {
    assertWhy(policy, cluster, "Defer", why);
  }

  static Stream<Arguments> manuals() {
    return Stream.of(
        arguments(
            cluster("c").reach(new Reach.Unreachable(HOUR, "connect timed out")),
            "the API server does not answer: connect timed out; nothing under the cluster is judged"
                + " until this is solved"),
        arguments(
            members(Status.False),
            "a control-plane Machine: quorum would be lost without it: etcd 2 members, 1 healthy"
                + " after removal, 2 needed; all components healthy on 2, 1 needed"),
        arguments(
            workers(contents()).nodes(silent("n1", HOUR), silent("n2", ago("PT9H"))),
            "2 of 3 Machines unhealthy, limit 1: too many at once for one cause in a Machine;"
                + " nothing is proposed"),
        arguments(
            workers(web().pods(pod("p").crashing(HOUR), pod("q").on("n2").crashing(HOUR))),
            "2 pods of one revision crash on 2 Nodes, so it is neither the pod nor the Node: look"
                + " at its logs, image and configuration"),
        arguments(
            pressed(
                contents()
                    .workloads(workload("StatefulSet", "db").ready(2, 2))
                    .pods(pod("p").of("StatefulSet", "db"), pod("q").of("StatefulSet", "db"))),
            "it holds the last ready pod of StatefulSet shop/db"),
        arguments(
            workers(contents())
                .nodes(
                    node(
                        "n1",
                        condition("Ready", Status.True, HOUR),
                        condition("DiskPressure", Status.True, HOUR)),
                    node(
                        "n2",
                        condition("Ready", Status.True, HOUR),
                        condition("MemoryPressure", Status.True, ago("PT1M"))),
                    node("n3", condition("Ready", Status.Unknown, ago("PT1M")))),
            "3 of 3 Machines unhealthy, limit 1: too many at once for one cause in a Machine;"
                + " nothing is proposed"));
  }

  @ParameterizedTest
  @MethodSource("manuals")
  void ofWhatIsForAPerson(ClusterSample cluster, String why) {
    assertWhy("", cluster, "Manual", why);
  }

  @Test
  void ofALimitOfOpenPullRequests() {
    Plan plan =
        Plans.plan(
            "maxOpenPullRequests: 1, maxUnhealthy: 3",
            workers(contents()).nodes(silent("n1", HOUR), silent("n2", ago("PT9H"))));

    assertThat(plan.decisions())
        .extracting(Decision::why)
        .contains("open pull requests in nephio/mgmt, or first in line: 1, limit 1");
  }

  @Test
  void ofARejection() {
    ClusterSample dead = workers(contents()).nodes(silent("n1", HOUR));
    Decision first = Plans.plan("", dead).decisions().get(0);
    LedgerEntry entry = Entries.rejected(first, NOW.plusSeconds(3_600));

    assertThat(Plans.plan("", dead, entry).decisions().get(0).why())
        .isEqualTo("rejected as " + first.id().name() + "; proposed again in 1h if still failing");
  }

  private static void assertWhy(String policy, ClusterSample cluster, String kind, String why) {
    Optional<Decision> decision = Plans.plan(policy, cluster).decisions().stream().findFirst();
    assertThat(decision.map(d -> d.getClass().getSimpleName() + ": " + d.why()))
        .contains(kind + ": " + why);
  }
}
