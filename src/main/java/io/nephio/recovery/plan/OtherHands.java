package io.nephio.recovery.plan;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.MachineOwner;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.judge.Scene;
import java.util.List;
import java.util.Optional;

/** Who else is at a Machine already: what they have begun is theirs to end. */
final class OtherHands implements Rule {
  private static final List<String> TAINTS =
      List.of(
          "ToBeDeletedByClusterAutoscaler",
          "DeletionCandidateOfClusterAutoscaler",
          "medik8s.io/remediation",
          "node.kubernetes.io/out-of-service");

  private static final List<String> ANNOTATIONS =
      List.of(
          Machine.PAUSED,
          Machine.SKIP_REMEDIATION,
          "cluster.x-k8s.io/delete-machine",
          "host.metal3.io/external-remediation",
          "remediation.medik8s.io/nhc-timed-out");

  /** A cordon of our own. */
  private static final String CORDONED = "recovery.nephio.io/cordoned-by";

  private static final String EXCLUDED = "remediation.medik8s.io/exclude-from-remediation";

  @Override
  public Optional<Objection> object(Scene scene, Incident incident, Act act) {
    boolean drains = act.action() == Action.DrainNode;
    Optional<Machine> touched = drains ? scene.machineOf(act.target()) : act.machine();
    if (touched.isEmpty()) {
      return drains ? scene.node(act.target().name()).flatMap(OtherHands::node) : Optional.empty();
    }
    Machine machine = touched.get();
    if (machine.deleting()) {
      return Objection.later("the Machine is already being deleted");
    }
    Optional<String> marked =
        ANNOTATIONS.stream().filter(machine.annotations()::containsKey).findFirst();
    if (marked.isPresent()) {
      return Objection.later("the Machine is annotated " + marked.get());
    }
    if (machine.says("Updating", Status.True)) {
      return Objection.later("the Machine is being updated in place");
    }
    return machine
        .node()
        .flatMap(scene::node)
        .flatMap(OtherHands::node)
        .or(() -> rollout(scene, machine))
        .or(() -> HealthChecks.object(scene, incident, machine));
  }

  private static Optional<Objection> node(Node node) {
    Optional<Node.Taint> taint =
        node.taints().stream().filter(t -> TAINTS.contains(t.key())).findFirst();
    if (taint.isPresent()) {
      return Objection.later("the Node is tainted " + taint.get().key() + ": somebody is at it");
    }
    if (node.unschedulable() && !node.annotations().containsKey(CORDONED)) {
      return Objection.later("the Node is cordoned: somebody is at it");
    }
    return "true".equals(node.labels().get(EXCLUDED))
        ? Objection.later("the Node is labelled " + EXCLUDED)
        : Optional.empty();
  }

  /** A Machine of an old template goes anyway, in the rollout's own order. */
  private static Optional<Objection> rollout(Scene scene, Machine machine) {
    boolean old = machine.says("UpToDate", Status.False);
    Optional<String> by =
        machine.controlPlane()
            ? scene
                .cluster()
                .management()
                .theControlPlane()
                .filter(p -> p.rollingOut())
                .map(p -> p.ref().toString())
            : machine
                .owner()
                .flatMap(scene::machineOwner)
                .filter(MachineOwner::rollingOut)
                .map(o -> o.ref().toString());
    Optional<Condition> knows = machine.condition("UpToDate");
    return by.filter(b -> old || knows.isEmpty())
        .flatMap(b -> Objection.later(b + " is rolling out and replaces this Machine"));
  }
}
