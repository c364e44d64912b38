package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.controlPlane;
import static io.nephio.recovery.facts.Sample.member;
import static io.nephio.recovery.facts.Sample.node;
import static io.nephio.recovery.facts.Sample.notReady;
import static io.nephio.recovery.facts.Sample.plane;
import static io.nephio.recovery.facts.Sample.pod;
import static io.nephio.recovery.facts.Sample.ready;
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.worker;
import static io.nephio.recovery.facts.Sample.workload;

import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.ContentsSample;
import io.nephio.recovery.facts.ControlPlaneSample;
import io.nephio.recovery.facts.MachineSample;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.PodSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A cluster in which anything may have happened; the same seed makes the same one. */
final class RandomFleet {
  private static final List<String> NAMESPACES =
      List.of("shop", "kube-system", "capi-system", "porch-fn", "gitea");

  private final Random random;
  private final List<MachineSample> machines = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final ContentsSample inside = contents();

  private RandomFleet(long seed) {
    this.random = new Random(seed);
  }

  static ClusterSample of(long seed) {
    return new RandomFleet(seed).made();
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private Instant since() {
    return ago("PT" + random.nextInt(180) + "M");
  }

  private Status status() {
    return List.of(Status.True, Status.False, Status.Unknown).get(random.nextInt(3));
  }

  private ClusterSample made() {
    int members = List.of(0, 1, 2, 3, 5, 7).get(random.nextInt(6));
    int trouble = 2 + random.nextInt(9);
    for (int i = 0; i < members; i++) {
      machine(controlPlane("cp" + i), "cp" + i, trouble);
    }
    int workers = random.nextInt(12);
    for (int i = 0; i < workers; i++) {
      machine(worker("w" + i).of("md-" + i % 2), "w" + i, trouble);
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      nodes.add(chance(2) ? silent("left" + i, since()) : ready("left" + i));
    }
    pods();
    ControlPlaneSample plane = plane().ready(members - random.nextInt(2), members);
    if (chance(20)) {
      plane.neverInitialized();
    }
    if (chance(20)) {
      plane.externalEtcd();
    }
    ClusterSample cluster =
        cluster("c")
            .machines(machines.toArray(MachineSample[]::new))
            .nodes(nodes)
            .contents(inside.contents());
    if (chance(30)) {
      cluster.infrastructure(condition("InfrastructureReady", Status.False, since()));
    }
    return chance(6) ? cluster : cluster.management(plane.management());
  }

  private void machine(MachineSample machine, String name, int trouble) {
    machines.add(machine);
    boolean member = name.startsWith("cp");
    if (member && !chance(10)) {
      boolean well = !chance(trouble);
      machine.conditions(
          member(well ? Status.True : status(), well || chance(2) ? Status.True : status()));
    }
    if (chance(8)) {
      machine.in("zone-" + random.nextInt(3));
    }
    if (!chance(trouble)) {
      nodes.add(chance(15) ? pressed(name) : ready(name));
      return;
    }
    switch (random.nextInt(6)) {
      case 0 -> nodes.add(silent(name, since()));
      case 1 -> nodes.add(notReady(name, since()));
      case 2 -> machine.failing(chance(3) ? "InvalidConfiguration" : "CreateError");
      case 3 -> machine.neverNode().created(since());
      case 4 -> machine.deleting(since());
      default -> machine.annotations("cluster.x-k8s.io/skip-remediation", "").failed();
    }
  }

  private Node pressed(String name) {
    return node(
        name,
        condition("Ready", Status.True, since()),
        condition(chance(2) ? "DiskPressure" : "NetworkUnavailable", Status.True, since()));
  }

  private void pods() {
    for (int i = random.nextInt(8); i > 0; i--) {
      String namespace = NAMESPACES.get(random.nextInt(NAMESPACES.size()));
      String kind =
          List.of("StatefulSet", "DaemonSet", "ReplicaSet", "Job", "Foo").get(random.nextInt(5));
      PodSample pod =
          pod("p" + i).in(namespace).of(kind, "o" + random.nextInt(3)).on("w" + random.nextInt(8));
      switch (random.nextInt(5)) {
        case 0 -> pod.crashing(since());
        case 1 -> pod.waiting("ImagePullBackOff", since());
        case 2 -> pod.failed(since());
        case 3 -> pod.unready(since());
        default -> {}
      }
      inside.pods(chance(10) ? pod.bare() : pod);
      if (chance(2) && (kind.equals("StatefulSet") || kind.equals("DaemonSet"))) {
        inside.workloads(workload(kind, "o" + random.nextInt(3)).in(namespace).ready(1, 3));
      }
    }
  }
}
