package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.controlPlane;
import static io.nephio.recovery.facts.Sample.plane;
import static io.nephio.recovery.facts.Sample.pod;
import static io.nephio.recovery.facts.Sample.worker;
import static io.nephio.recovery.facts.Sample.workload;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.ContentsSample;
import io.nephio.recovery.facts.ControlPlaneSample;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.MachineSample;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.PodSample;
import io.nephio.recovery.facts.Sample;
import io.nephio.recovery.facts.WorkloadSample;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One cluster through one day. It has three control-plane members, a MachineDeployment, and in the
 * namespace {@code shop} a Deployment, a DaemonSet, a StatefulSet and a Job; all is well but for
 * what the lines of the day say, from a time until just before another.
 */
final class Day {
  static final Instant START = Sample.NOW;

  private final List<Line> lines;

  private record Line(LocalTime from, LocalTime to, String kind, String name, String state) {
    static Line parse(String text) {
      String[] parts = text.strip().split("\\s+", 5);
      return new Line(
          LocalTime.parse(parts[0]), LocalTime.parse(parts[1]), parts[2], parts[3], parts[4]);
    }

    boolean at(LocalTime time) {
      return !time.isBefore(from) && time.isBefore(to);
    }

    Instant since() {
      return START.plusSeconds(from.toSecondOfDay());
    }

    boolean is(String wanted) {
      return state.startsWith(wanted);
    }
  }

  Day(String text) {
    lines = text.lines().filter(l -> !l.isBlank()).map(Line::parse).toList();
  }

  Cluster at(int minute) {
    LocalTime time = LocalTime.MIDNIGHT.plusMinutes(minute);
    Instant at = START.plus(Duration.ofMinutes(minute));
    List<Line> now = lines.stream().filter(l -> l.at(time)).toList();
    List<Node> nodes = new ArrayList<>();
    List<Machine> machines = new ArrayList<>();
    ContentsSample inside = contents();
    for (Line line : standing("Machine", now)) {
      machine(line).map(MachineSample::machine).forEach(machines::add);
      node(line, now).forEach(nodes::add);
    }
    nodes.forEach(n -> inside.lease(n.ref().name(), at));
    standing("Pod", now).stream().flatMap(Day::pods).forEach(inside::pods);
    standing("Workload", now).stream().map(Day::workloads).forEach(inside::workloads);
    inside.replicaSet("web-1", "Deployment", "web").replicaSet("web-2", "Deployment", "web");
    now.stream().filter(l -> l.kind().equals("Job")).forEach(l -> inside.job(l.name(), false));
    return cluster("c")
        .machines(machines)
        .nodes(nodes)
        .onlyTheseNodes()
        .management(planes(now).management())
        .contents(inside.contents())
        .cluster();
  }

  /** What the lines of this moment say of the kind, the last word on each object, but the gone. */
  private List<Line> standing(String kind, List<Line> now) {
    List<String> names =
        lines.stream().filter(l -> l.kind().equals(kind)).map(Line::name).distinct().toList();
    return names.stream()
        .flatMap(
            n ->
                now.stream()
                    .filter(l -> l.kind().equals(kind) && l.name().equals(n))
                    .reduce((before, after) -> after)
                    .stream())
        .filter(l -> !l.is("gone"))
        .toList();
  }

  private static Stream<MachineSample> machine(Line line) {
    MachineSample sample =
        line.name().startsWith("cp") ? controlPlane(line.name()) : worker(line.name());
    if (line.is("provisioning")) {
      return Stream.of(sample.created(line.since()).neverNode());
    }
    return Stream.of(line.is("deleting") ? sample.deleting(line.since()) : sample);
  }

  private static Stream<Node> node(Line machine, List<Line> now) {
    if (machine.is("provisioning")) {
      return Stream.empty();
    }
    Line says =
        now.stream()
            .filter(l -> l.kind().equals("Node") && l.name().equals(machine.name()))
            .reduce((before, after) -> after)
            .orElse(new Line(LocalTime.MIN, LocalTime.MAX, "Node", machine.name(), "ready"));
    Condition ready =
        says.is("down")
            ? condition("Ready", Status.False, says.since())
            : says.is("silent")
                ? condition("Ready", Status.Unknown, says.since())
                : condition("Ready", Status.True, Sample.ago("PT24H"));
    return says.is("gone")
        ? Stream.empty()
        : Stream.of(
            new Node(
                new ObjectRef("v1", "Node", null, machine.name(), "node-" + machine.name()),
                Sample.ago("PT24H"),
                false,
                says.is("cordoned"),
                List.of(ready)));
  }

  /** {@code of KIND OWNER on NODE STATE}. */
  private static Stream<PodSample> pods(Line line) {
    String[] words = line.state().split(" ", 6);
    PodSample sample = pod(line.name()).of(words[1], words[2]).on(words[4]);
    if (words[2].startsWith("web-")) {
      sample.revision(words[2].substring(4));
    }
    return Stream.of(
        switch (words[5]) {
          case "ready" -> sample;
          case "terminating" -> sample.unready(line.since()).deleting();
          case "pending" -> sample.unschedulable(line.since(), "0/3 nodes are available");
          case "starting" -> sample.unready(line.since());
          case "creating" -> sample.waiting("ContainerCreating", line.since());
          case "pulling" -> sample.waiting("ImagePullBackOff", line.since());
          case "crashing" -> sample.crashing(line.since(), "back-off 10s restarting", line.since());
          case "restarted" -> sample.betweenCrashes(line.since(), 1, line.since());
          case "completed" -> sample.phase("Succeeded");
          case "failed" -> sample.failed(line.since());
          default -> throw new IllegalArgumentException(line.state());
        });
  }

  /** {@code READY of DESIRED of KIND}, of a Deployment that gets on since then. */
  private static WorkloadSample workloads(Line line) {
    String[] words = line.state().split(" ", -1);
    WorkloadSample sample =
        workload(words[4], line.name())
            .ready(Integer.parseInt(words[0]), Integer.parseInt(words[2]));
    return words[4].equals("Deployment")
        ? sample
            .progressed(line.since())
            .conditions(
                new Condition(
                    "Progressing",
                    Status.True,
                    words[0].equals(words[2]) ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
                    "",
                    java.util.Optional.of(line.since())))
        : sample;
  }

  private static ControlPlaneSample planes(List<Line> now) {
    ControlPlaneSample plane = plane();
    for (Line line : now) {
      if (line.kind().equals("Plane")) {
        if (line.is("rolling")) {
          plane.rollingOut();
        }
        String[] words = line.state().split(" ", -1);
        plane.ready(Integer.parseInt(words[1]), 3);
        plane.conditions(
            condition("EtcdClusterHealthy", Status.valueOf(words[2]), line.since()),
            condition("ControlPlaneComponentsHealthy", Status.valueOf(words[2]), line.since()));
      }
    }
    return plane;
  }
}
