package io.nephio.recovery.judge;

import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.DisruptionBudget;
import io.nephio.recovery.facts.Machine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Machine whose deletion takes longer than it may, and what holds it up. */
final class DeletionStuck {
  private static final String HOOK = ".delete.hook.machine.cluster.x-k8s.io/";

  /** Stages of the deletion in the older contract; each is False while it goes on. */
  private static final List<String> STAGES =
      List.of(
          "PreDrainDeleteHookSucceeded",
          "DrainingSucceeded",
          "VolumeDetachSucceeded",
          "PreTerminateDeleteHookSucceeded");

  private DeletionStuck() {}

  static Optional<Finding> of(Scene scene, Machine machine) {
    return machine
        .deletionRequested()
        .map(scene::notLater)
        .map(
            since -> {
              Instant due = since.plus(scene.policy().machineDeletionTimeout().duration());
              List<Condition> stages = stages(machine);
              String object = machine.ref().toString();
              return new Finding(
                      scene.cluster().ref(),
                      machine.ref(),
                      Reason.MachineDeletionStuck,
                      since,
                      due,
                      stages.stream()
                          .map(c -> new Evidence(object, c.shortly(), c.reason(), c.since()))
                          .toList(),
                      "the Machine's deletion does not end; threshold "
                          + scene.policy().machineDeletionTimeout().text()
                          + (scene.at().isBefore(due) ? "" : blockers(scene, machine, stages)))
                  .of(machine.owner(), "", machine.node().stream().toList());
            });
  }

  private static List<Condition> stages(Machine machine) {
    Stream<Condition> newer =
        machine.condition("Deleting").filter(c -> c.status() == Status.True).stream();
    Stream<Condition> older =
        STAGES.stream()
            .flatMap(t -> machine.condition(t).stream())
            .filter(c -> c.status() == Status.False);
    return Stream.concat(newer, older).toList();
  }

  private static String blockers(Scene scene, Machine machine, List<Condition> stages) {
    List<String> held = new ArrayList<>();
    machine.annotations().keySet().stream()
        .filter(k -> k.contains(HOOK))
        .sorted()
        .forEach(k -> held.add("hook " + k));
    machine.node().stream()
        .flatMap(node -> budgets(scene, node))
        .distinct()
        .forEach(
            b -> held.add("PodDisruptionBudget " + b.ref().namespace() + "/" + b.ref().name()));
    stages.stream()
        .findFirst()
        .ifPresent(c -> held.add(c.reason() + (c.message().isEmpty() ? "" : ": " + c.message())));
    return held.isEmpty() ? "" : "; held up by " + String.join(", ", held);
  }

  private static Stream<DisruptionBudget> budgets(Scene scene, String node) {
    return scene.cluster().contents().budgets().items().stream()
        .filter(b -> b.allowed() == 0)
        .filter(
            b ->
                scene.cluster().contents().pods().items().stream()
                    .anyMatch(p -> p.node().equals(node) && !p.finished() && b.covers(p)));
  }
}
