package io.nephio.recovery.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.judge.Memory;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What healthy clusters do every day raises nothing, minute by minute, with memory carried on. */
class HealthyDayTest {
  private static final int MINUTES = 24 * 60;

  /** From, until, what, and how it is; a later line is the last word. */
  private static final String DAY =
      """
      00:00 23:59 Machine  cp-a     running
      00:00 23:59 Machine  cp-b     running
      00:00 23:59 Machine  cp-c     running
      00:00 23:59 Machine  w1       running
      00:00 23:59 Machine  w2       running
      00:00 23:59 Machine  w3       running
      00:00 23:59 Workload web      3 of 3 of Deployment
      00:00 23:59 Workload agent    3 of 3 of DaemonSet
      00:00 23:59 Workload db       3 of 3 of StatefulSet
      00:00 23:59 Pod      web-1-a  of ReplicaSet web-1 on w1 ready
      00:00 23:59 Pod      web-1-b  of ReplicaSet web-1 on w2 ready
      00:00 23:59 Pod      web-1-c  of ReplicaSet web-1 on w3 ready
      00:00 23:59 Pod      agent-1  of DaemonSet agent on w1 ready
      00:00 23:59 Pod      agent-2  of DaemonSet agent on w2 ready
      00:00 23:59 Pod      agent-3  of DaemonSet agent on w3 ready
      00:00 23:59 Pod      db-0     of StatefulSet db on w1 ready
      00:00 23:59 Pod      db-1     of StatefulSet db on w2 ready
      00:00 23:59 Pod      db-2     of StatefulSet db on w3 ready
      """;

  /** A backup that succeeds, and one that fails twice before it does. */
  private static final String JOBS =
      """
      01:00 23:59 Job      backup   runs
      01:00 01:20 Pod      backup-1 of Job backup on w1 ready
      01:20 23:59 Pod      backup-1 of Job backup on w1 completed
      02:00 23:59 Job      report   runs
      02:01 23:59 Pod      report-1 of Job report on w2 failed
      02:03 23:59 Pod      report-2 of Job report on w2 failed
      02:04 23:59 Pod      report-3 of Job report on w2 completed
      """;

  /** A Deployment rolled over, with one slow image, and a container that started once too early. */
  private static final String ROLLING_UPDATE =
      """
      06:00 06:09 Workload web      2 of 3 of Deployment
      06:00 06:09 Pod      web-2-a  of ReplicaSet web-2 on w1 creating
      06:09 06:11 Workload web      2 of 3 of Deployment
      06:09 23:59 Pod      web-2-a  of ReplicaSet web-2 on w1 ready
      06:09 06:10 Pod      web-1-a  of ReplicaSet web-1 on w1 terminating
      06:10 23:59 Pod      web-1-a  gone
      06:10 06:13 Pod      web-2-b  of ReplicaSet web-2 on w2 pulling
      06:11 06:14 Workload web      2 of 3 of Deployment
      06:13 23:59 Pod      web-2-b  of ReplicaSet web-2 on w2 ready
      06:13 06:14 Pod      web-1-b  of ReplicaSet web-1 on w2 terminating
      06:14 23:59 Pod      web-1-b  gone
      06:14 06:17 Workload web      2 of 3 of Deployment
      06:14 06:15 Pod      web-2-c  of ReplicaSet web-2 on w3 crashing
      06:15 06:17 Pod      web-2-c  of ReplicaSet web-2 on w3 restarted
      06:17 23:59 Pod      web-2-c  of ReplicaSet web-2 on w3 ready
      06:17 23:59 Pod      web-1-c  gone
      """;

  /** Pod by pod for longer than workloadRolloutTimeout, never one of them for long. */
  private static final String DAEMON_SETS_TURN =
      """
      07:00 07:30 Workload agent    2 of 3 of DaemonSet
      07:00 07:05 Pod      agent-1  of DaemonSet agent on w1 starting
      07:05 07:06 Pod      agent-1  gone
      07:06 07:10 Pod      agent-1  of DaemonSet agent on w1 starting
      07:10 07:18 Pod      agent-2  of DaemonSet agent on w2 starting
      07:18 07:19 Pod      agent-2  gone
      07:19 07:22 Pod      agent-2  of DaemonSet agent on w2 starting
      07:22 07:30 Pod      agent-3  of DaemonSet agent on w3 starting
      """;

  /** An administrator drains a node for an hour; what ran there waits, and runs elsewhere. */
  private static final String DRAIN =
      """
      09:00 10:10 Node     w3       cordoned
      09:00 09:01 Pod      db-2     of StatefulSet db on w3 terminating
      09:01 09:05 Pod      db-2     of StatefulSet db on w2 pending
      09:01 09:08 Workload db       2 of 3 of StatefulSet
      09:05 09:08 Pod      db-2     of StatefulSet db on w2 starting
      09:20 09:24 Node     w3       silent
      """;

  /** Two more workers, one of which takes eight minutes, and down again. */
  private static final String SCALING =
      """
      12:00 12:08 Machine  w4       provisioning
      12:08 14:00 Machine  w4       running
      12:08 12:10 Node     w4       down
      12:00 12:03 Machine  w5       provisioning
      12:03 13:50 Machine  w5       running
      12:03 12:06 Node     w5       down
      13:50 13:56 Machine  w5       deleting
      13:51 13:56 Node     w5       silent
      14:00 14:03 Machine  w4       deleting
      14:01 14:03 Node     w4       gone
      14:00 14:05 Workload web      3 of 5 of Deployment
      14:05 23:59 Workload web      5 of 5 of Deployment
      """;

  /** Member by member with one in surplus, then worker by worker. */
  private static final String UPGRADE =
      """
      16:00 16:05 Machine  cp-d     provisioning
      16:00 16:06 Plane    kcp      rolling 3 False
      16:05 23:59 Machine  cp-d     running
      16:06 16:10 Plane    kcp      rolling 2 False
      16:06 16:10 Machine  cp-a     deleting
      16:10 23:59 Machine  cp-a     gone
      16:10 16:12 Plane    kcp      rolling 3 Unknown
      16:12 16:17 Machine  cp-e     provisioning
      16:12 16:18 Plane    kcp      rolling 3 False
      16:17 23:59 Machine  cp-e     running
      16:18 16:22 Plane    kcp      rolling 2 False
      16:18 16:22 Machine  cp-b     deleting
      16:22 23:59 Machine  cp-b     gone
      16:22 16:27 Machine  cp-f     provisioning
      16:22 16:28 Plane    kcp      rolling 3 False
      16:27 23:59 Machine  cp-f     running
      16:28 16:32 Plane    kcp      rolling 2 False
      16:28 16:32 Machine  cp-c     deleting
      16:32 23:59 Machine  cp-c     gone
      17:00 17:06 Machine  w6       provisioning
      17:06 23:59 Machine  w6       running
      17:06 17:08 Node     w6       down
      17:08 17:20 Machine  w1       deleting
      17:09 17:20 Node     w1       cordoned
      17:12 17:20 Node     w1       silent
      17:20 23:59 Machine  w1       gone
      17:09 23:59 Pod      db-0     of StatefulSet db on w6 ready
      17:09 23:59 Pod      web-2-a  of ReplicaSet web-2 on w6 ready
      17:09 23:59 Pod      agent-1  of DaemonSet agent on w6 ready
      """;

  /** The Machine of a dead host takes long to go, and its kubelet is silent meanwhile. */
  private static final String SLOW_DELETION =
      """
      20:00 20:40 Machine  w2       deleting
      20:01 23:59 Pod      web-2-b  of ReplicaSet web-2 on w3 ready
      20:01 23:59 Pod      db-1     of StatefulSet db on w3 ready
      20:02 20:40 Node     w2       silent
      20:02 20:40 Pod      agent-2  of DaemonSet agent on w2 starting
      20:02 20:40 Workload agent    2 of 3 of DaemonSet
      20:40 23:59 Machine  w2       gone
      20:40 23:59 Pod      agent-2  gone
      20:40 23:59 Workload agent    2 of 2 of DaemonSet
      """;

  @Test
  void nothingIsDue() {
    assertThat(
            due(
                DAY
                    + JOBS
                    + ROLLING_UPDATE
                    + DAEMON_SETS_TURN
                    + DRAIN
                    + SCALING
                    + UPGRADE
                    + SLOW_DELETION,
                MINUTES))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "03:00 03:06 Node w2 silent | NodeNotReady w2 from 03:05",
        // Well for a minute in between, and so not well.
        "03:00 03:04 Node w2 down; 03:05 03:07 Node w2 down | NodeNotReady w2 from 03:05",
        "03:00 03:30 Plane kcp sick 2 False |" + " ControlPlaneUnhealthy kcp from 03:10",
        "03:00 03:40 Machine w7 provisioning | MachineNotRunning w7 from 03:20",
        "03:00 03:30 Workload db 2 of 3 of StatefulSet; 03:00 03:30 Pod db-2 of StatefulSet db on"
            + " w3 starting | WorkloadStalled db from 03:10",
        "03:00 03:15 Pod agent-1 of DaemonSet agent on w1 crashing | PodCrashLoop agent-1 from"
            + " 03:10",
      })
  void whatFailsInItIsDueInTime(String lines, String expected) {
    assertThat(due(DAY + lines.replace("; ", "\n"), 5 * 60)).containsExactly(expected.strip());
  }

  /** What was ever due, from its first minute on. */
  private static List<String> due(String text, int minutes) {
    Day day = new Day(text);
    Policy policy = Policies.policy("");
    Memory memory = Memory.EMPTY;
    Set<String> known = new LinkedHashSet<>();
    List<String> due = new java.util.ArrayList<>();
    for (int minute = 0; minute < minutes; minute++) {
      Plan plan =
          Planner.plan(
              policy,
              new Fleet(List.of(day.at(minute))),
              Ledger.empty(),
              memory,
              Day.START.plus(Duration.ofMinutes(minute)));
      memory = plan.memory();
      for (Verdict verdict : plan.findings()) {
        String name = verdict.finding().reason() + " " + verdict.finding().object().name();
        if (verdict.due() && known.add(name)) {
          due.add(name + " from %02d:%02d".formatted(minute / 60, minute % 60));
        }
      }
    }
    return due;
  }
}
