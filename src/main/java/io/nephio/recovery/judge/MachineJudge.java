package io.nephio.recovery.judge;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Machine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Section B of the recovery flow: a Machine whose provider reported a terminal failure.
 *
 * <p>The phase decides nothing by itself: a Machine that is being provisioned or deleted is not
 * failing.
 */
final class MachineJudge implements Judge {

  @Override
  public List<Finding> judge(Cluster cluster, ClusterPolicySpec policy, Instant at) {
    return cluster.machines().stream()
        .filter(m -> !m.deleting())
        .flatMap(m -> m.failure().map(f -> failed(cluster, m, f, at)).stream())
        .toList();
  }

  private static Finding failed(
      Cluster cluster, Machine machine, Machine.Failure failure, Instant at) {
    List<Evidence> evidence = new ArrayList<>();
    String object = machine.ref().toString();
    Instant since = failingSince(machine, at);
    evidence.add(new Evidence(object, "failureReason", failure.reason(), Optional.of(since)));
    bad(machine)
        .forEach(c -> evidence.add(new Evidence(object, c.shortly(), c.reason(), c.since())));
    String text = failure.message().isEmpty() ? "" : ": " + failure.message();
    return new Finding(
        cluster.ref(),
        machine.ref(),
        Reason.MachineFailed,
        since,
        since,
        evidence,
        "Machine failed with " + failure.reason() + text);
  }

  /** The earliest transition to not-True among the conditions that tell of the machine itself. */
  private static Instant failingSince(Machine machine, Instant at) {
    return bad(machine).stream()
        .flatMap(c -> c.since().stream())
        .map(since -> Judges.notLater(since, at))
        .min(Comparator.naturalOrder())
        .orElse(at);
  }

  private static List<Condition> bad(Machine machine) {
    return List.of("Ready", "InfrastructureReady", "NodeHealthy").stream()
        .flatMap(type -> machine.condition(type).stream())
        .filter(c -> c.status() != Condition.Status.True)
        .toList();
  }
}
