package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.HealthCheck;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.judge.Reason;
import io.nephio.recovery.judge.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a MachineHealthCheck will see to a Machine by itself.
 *
 * <p>It counts when it selects the Machine, is allowed to act, and has marked the Machine or has a
 * check for what the Machine shows. One that is short-circuited, or that made no progress for
 * {@code longInterval} after it should have, does not.
 */
final class HealthChecks {
  private static final String APPROVED = "recovery.nephio.io/approved";

  private HealthChecks() {}

  static Optional<Objection> object(Scene scene, Incident incident, Machine machine) {
    return scene.cluster().management().healthChecks().items().stream()
        .filter(c -> !c.selector().labels().containsKey(APPROVED))
        .filter(c -> !c.selector().isEmpty() && c.selector().matches(machine.labels()))
        .filter(c -> c.allowed().filter(a -> a.status() == Status.False).isEmpty())
        .flatMap(c -> acts(scene, incident, machine, c).stream())
        .findFirst();
  }

  private static Optional<Objection> acts(
      Scene scene, Incident incident, Machine machine, HealthCheck check) {
    Optional<Condition> marked =
        machine.condition("HealthCheckSucceeded").filter(c -> c.status() == Status.False);
    Optional<Instant> when =
        marked.isPresent()
            ? Optional.of(marked.get().since().orElse(scene.at()))
            : matches(scene, incident, machine, check);
    return when.map(t -> t.plus(scene.policy().longInterval().duration()))
        .filter(t -> t.isAfter(scene.at()))
        .map(
            until ->
                new Objection.Later(
                    check.ref()
                        + (marked.isPresent() ? " has marked" : " will see to")
                        + " this Machine; proposed if it has not by "
                        + until,
                    Optional.of(until)));
  }

  /** When it acts on what the Machine shows now; empty when it never will. */
  private static Optional<Instant> matches(
      Scene scene, Incident incident, Machine machine, HealthCheck check) {
    Instant since = incident.root().since();
    return switch (incident.root().reason()) {
      case MachineNotRunning -> check.startup().map(since::plus);
      case MachineNodeMissing -> Optional.of(since);
      default ->
          check.checks().stream()
              .flatMap(
                  c ->
                      (c.node()
                              ? machine
                                  .node()
                                  .flatMap(scene::node)
                                  .flatMap(n -> n.condition(c.type()))
                              : machine.condition(c.type()))
                              .filter(s -> s.status().name().equals(c.status()))
                              .map(s -> s.since().orElse(since).plus(c.timeout()))
                              .stream())
              .min(Instant::compareTo)
              .or(
                  () ->
                      incident.root().reason() == Reason.MachineFailed
                              && machine.failure().isPresent()
                          ? Optional.of(since.plus(Duration.ZERO))
                          : Optional.empty());
    };
  }
}
