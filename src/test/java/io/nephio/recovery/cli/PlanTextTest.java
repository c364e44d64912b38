package io.nephio.recovery.cli;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.controlPlane;
import static io.nephio.recovery.facts.Sample.healthyMember;
import static io.nephio.recovery.facts.Sample.member;
import static io.nephio.recovery.facts.Sample.node;
import static io.nephio.recovery.facts.Sample.notReady;
import static io.nephio.recovery.facts.Sample.plane;
import static io.nephio.recovery.facts.Sample.pod;
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.worker;
import static io.nephio.recovery.facts.Sample.workload;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.ContentsSample;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.MachineSample;
import io.nephio.recovery.facts.Reach;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.Planner;
import io.nephio.recovery.plan.Policies;
import io.nephio.recovery.plan.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a person on call reads: ten incidents of a fleet on one screen. */
class PlanTextTest {
  private static final Instant HOUR = ago("PT1H");

  private static MachineSample[] workers(int many) {
    return IntStream.range(0, many).mapToObj(i -> worker("n" + i)).toArray(MachineSample[]::new);
  }

  /** A dead Node with what ran on it, crashing pods, an image that is not there, a full disk. */
  private static ClusterSample shop() {
    ContentsSample inside =
        contents()
            .replicaSet("web-1", "Deployment", "web")
            .replicaSet("pay-1", "Deployment", "pay")
            .workloads(workload("Deployment", "web").ready(2, 3))
            .workloads(workload("Deployment", "pay").ready(0, 1))
            .pods(
                pod("web-1-a").on("n0").unready(ago("PT50M")),
                pod("db-0").on("n0").of("StatefulSet", "db").crashing(ago("PT40M")),
                pod("pay-1-x").of("ReplicaSet", "pay-1").on("n2").waiting("ErrImagePull", HOUR),
                pod("amf-0").of("StatefulSet", "amf").on("n3").crashing(HOUR),
                pod("dns-0").in("kube-system").of("StatefulSet", "dns").on("n3").crashing(HOUR),
                pod("web-1-b").on("n1"))
            .budget("web", 0);
    return cluster("shop")
        .machines(workers(9))
        .nodes(
            silent("n0", HOUR),
            node(
                "n1",
                condition("Ready", Status.True, ago("PT9H")),
                condition("DiskPressure", Status.True, HOUR)),
            notReady("n5", ago("PT2M")))
        .contents(inside.contents());
  }

  private static ClusterSample members() {
    return cluster("core")
        .machines(
            controlPlane("cp1").conditions(member(Status.Unknown, Status.Unknown)),
            controlPlane("cp2").conditions(healthyMember()),
            controlPlane("cp3").conditions(healthyMember()),
            worker("w1").failed(condition("Ready", Status.False, HOUR)),
            worker("w2"))
        .nodes(silent("cp1", ago("PT30M")))
        .management(plane().ready(2, 3).management());
  }

  private static List<Cluster> fleet() {
    List<Cluster> fleet = new ArrayList<>();
    fleet.add(shop().cluster());
    fleet.add(members().cluster());
    fleet.add(
        cluster("storm")
            .machines(workers(6))
            .nodes(silent("n0", ago("PT9H")), silent("n1", ago("PT5H")), silent("n2", HOUR))
            .cluster());
    fleet.add(cluster("dark").reach(new Reach.Unreachable(HOUR, "connect timed out")).cluster());
    fleet.add(
        cluster("old")
            .machines(workers(2))
            .nodes(silent("gone-1", ago("PT90H")), silent("gone-2", ago("PT80H")))
            .cluster());
    fleet.add(
        cluster("bare")
            .infrastructure(condition("InfrastructureReady", Status.False, HOUR))
            .machines(workers(2))
            .cluster());
    for (int i = 0; i < 12; i++) {
      fleet.add(cluster("well-" + i).machines(workers(2)).cluster());
    }
    return fleet;
  }

  @Test
  void tenIncidentsFitOnOneScreen() throws IOException {
    Policy policy = Policies.policy("maxOpenPullRequests: 3");
    Planned planned =
        Planned.of(
            policy,
            Planner.plan(policy, new Fleet(fleet()), Ledger.empty(), NOW),
            Ledger.empty(),
            Repositories.open(Map.of()));
    String text = PlanText.text(NOW, List.of(planned), List.of());

    assertThat(planned.plan().decisions()).hasSize(10);
    assertThat(text.lines()).hasSizeLessThanOrEqualTo(50).allMatch(l -> l.length() <= 100);
    assertThat(text)
        .isEqualTo(
            Files.readString(Path.of("src/test/resources/plan/ten-incidents.txt"))
                .replace("\r\n", "\n"));
  }
}
