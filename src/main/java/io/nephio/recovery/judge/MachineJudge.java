package io.nephio.recovery.judge;

import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Section B of the recovery flow: a Machine that failed for good, never started, lost its Node or
 * cannot be deleted.
 *
 * <p>The phase decides nothing by itself: a Machine that is being provisioned, updated or deleted
 * within its time is not failing.
 */
final class MachineJudge implements Judge {
  /** With these the contract says that what the Machine runs on is no more. */
  private static final List<String> GONE = List.of("Deleted", "DoesNotExist");

  @Override
  public List<Finding> judge(Scene scene) {
    return all(scene).filter(f -> f.isDue(scene.at()) || isWorthShowing(scene, f)).toList();
  }

  /** Also what is as it should be so early in its life, or in its end. */
  static Stream<Finding> all(Scene scene) {
    return scene.cluster().machines().stream()
        .flatMap(
            m ->
                (m.deleting()
                        ? DeletionStuck.of(scene, m)
                        : failed(scene, m)
                            .or(() -> notRunning(scene, m))
                            .or(() -> nodeMissing(scene, m)))
                    .stream());
  }

  /** Of a start when half of its time is over, so that nobody is surprised. */
  private static boolean isWorthShowing(Scene scene, Finding finding) {
    Duration half = scene.policy().machineStartupTimeout().duration().dividedBy(2);
    return switch (finding.reason()) {
      case MachineDeletionStuck -> false;
      case MachineNotRunning -> !scene.at().isBefore(finding.since().plus(half));
      default -> true;
    };
  }

  private static Optional<Finding> failed(Scene scene, Machine machine) {
    Optional<Machine.Failure> failure =
        machine
            .failure()
            .or(
                () ->
                    machine
                        .condition("InfrastructureReady")
                        .filter(c -> c.status() == Status.False && GONE.contains(c.reason()))
                        .map(c -> new Machine.Failure(c.reason(), c.message())));
    return failure.map(
        f -> {
          Instant since = failingSince(scene, machine);
          String text = f.message().isEmpty() ? "" : ": " + f.message();
          List<Evidence> evidence = new ArrayList<>();
          evidence.add(
              new Evidence(
                  machine.ref().toString(),
                  "failureReason",
                  f.reason() + text,
                  Optional.of(since)));
          evidence.addAll(bad(machine));
          return finding(
              scene,
              machine,
              Reason.MachineFailed,
              since,
              Duration.ZERO,
              evidence,
              "Machine failed with " + f.reason() + text);
        });
  }

  /**
   * Its clock starts when the last thing it waits for was there, as a MachineHealthCheck's does.
   */
  private static Optional<Finding> notRunning(Scene scene, Machine machine) {
    boolean waits = !machine.controlPlane() && !initialized(scene);
    if (machine.node().isPresent() || waits || infrastructureUnready(scene)) {
      return Optional.empty();
    }
    Instant since =
        Stream.of(
                Stream.of(machine.created()),
                since(scene.cluster().infrastructureReady()),
                machine.controlPlane()
                    ? Stream.<Instant>empty()
                    : since(
                        Condition.find(
                            scene.cluster().management().conditions(), "ControlPlaneInitialized")),
                since(machine.condition("InfrastructureReady")))
            .flatMap(s -> s)
            .map(scene::notLater)
            .max(Comparator.naturalOrder())
            .orElse(machine.created());
    Duration threshold = scene.policy().machineStartupTimeout().duration();
    return Optional.of(
        finding(
            scene,
            machine,
            Reason.MachineNotRunning,
            since,
            threshold,
            bad(machine),
            "Machine has no Node yet"
                + (machine.phase().isEmpty() ? "" : " (phase " + machine.phase() + ")")
                + "; threshold "
                + scene.policy().machineStartupTimeout().text()));
  }

  private static boolean initialized(Scene scene) {
    return scene
        .cluster()
        .management()
        .theControlPlane()
        .flatMap(c -> c.initialized())
        .or(() -> scene.cluster().management().controlPlaneInitialized())
        .orElse(true);
  }

  private static boolean infrastructureUnready(Scene scene) {
    return scene
        .cluster()
        .infrastructureReady()
        .filter(c -> c.status() == Status.False)
        .isPresent();
  }

  private static Stream<Instant> since(Optional<Condition> condition) {
    return condition.filter(c -> c.status() == Status.True).flatMap(Condition::since).stream();
  }

  /** Only where the Nodes were looked at is a Node that is not among them gone. */
  private static Optional<Finding> nodeMissing(Scene scene, Machine machine) {
    if (!(scene.cluster().reach() instanceof Reach.Reached)
        || !(scene.cluster().nodes() instanceof Known.Seen<?>)
        || machine.node().isEmpty()
        || scene.node(machine.node().get()).isPresent()) {
      return Optional.empty();
    }
    Instant since =
        Stream.of("NodeHealthy", "NodeReady")
            .flatMap(t -> machine.condition(t).stream())
            .filter(c -> c.status() != Status.True)
            .flatMap(c -> c.since().stream())
            .map(scene::notLater)
            .min(Comparator.naturalOrder())
            .orElse(scene.at());
    Instant started = machine.created().plus(scene.policy().machineStartupTimeout().duration());
    Duration wait = since.isBefore(started) ? Duration.between(since, started) : Duration.ZERO;
    return Optional.of(
        finding(
            scene,
            machine,
            Reason.MachineNodeMissing,
            since,
            wait,
            bad(machine),
            "the Machine's Node " + machine.node().get() + " is gone"));
  }

  private static Finding finding(
      Scene scene,
      Machine machine,
      Reason reason,
      Instant since,
      Duration threshold,
      List<Evidence> evidence,
      String message) {
    return new Finding(
            scene.cluster().ref(),
            machine.ref(),
            reason,
            since,
            since.plus(threshold),
            evidence,
            message)
        .of(machine.owner(), "", machine.node().stream().toList());
  }

  /** The earliest transition to not-True among the conditions that tell of the machine itself. */
  private static Instant failingSince(Scene scene, Machine machine) {
    return bad(machine).stream()
        .flatMap(e -> e.since().stream())
        .map(scene::notLater)
        .min(Comparator.naturalOrder())
        .orElse(scene.at());
  }

  private static List<Evidence> bad(Machine machine) {
    return Stream.of("Ready", "InfrastructureReady", "NodeHealthy")
        .flatMap(type -> machine.condition(type).stream())
        .filter(c -> c.status() != Status.True)
        .map(c -> new Evidence(machine.ref().toString(), c.shortly(), c.reason(), c.since()))
        .toList();
  }
}
