package io.nephio.recovery.plan;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.api.Mode;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Judges;
import io.nephio.recovery.judge.Memory;
import io.nephio.recovery.judge.Scene;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A cluster judged anew, to ask of what was approved whether it would still be proposed. */
public final class Reconsideration {
  private final Scene scene;
  private final Home home;
  private final List<Incident> incidents;
  private final Breakers breakers;

  public Reconsideration(Cluster cluster, ClusterPolicySpec policy, Home home, Instant at) {
    this.scene = new Scene(cluster, policy, Memory.EMPTY, at);
    this.home = home;
    List<Finding> findings = Judges.judge(scene);
    this.incidents = Incidents.fold(scene, findings);
    this.breakers = Breakers.of(scene, findings);
  }

  private Breaker breaker() {
    return breakers.cluster();
  }

  /** Why too much fails around this Machine for one to be touched; empty when it does not. */
  public Optional<String> tooMany(Optional<Machine> machine) {
    return breaker().open() ? Optional.of(breaker().text()) : machine.flatMap(breakers::opened);
  }

  /** The policy's rule by which this is only reported now; empty where it may be done. */
  public Optional<String> onlyReported(RemediationSpec spec) {
    Optional<Machine> machine =
        Optional.ofNullable(spec.machine()).flatMap(m -> scene.cluster().machine(m.uid()));
    return Approvals.matched(
            scene.policy(),
            scene.cluster(),
            new Act(spec.action(), Ledger.target(spec), machine),
            machine)
        .filter(m -> m.mode() == Mode.Observe)
        .map(m -> "policy: " + m.text());
  }

  /**
   * What stands now against an act that was approved, by the rules that let it be proposed. Whether
   * its target still fails is not asked here.
   */
  public Optional<String> objection(RemediationSpec spec) {
    return incident(spec).flatMap(i -> Decider.objection(home, scene, i, act(spec, i)));
  }

  /** Why it is proposed and may be, by what is seen now; empty if it is not seen to fail. */
  public Optional<String> why(RemediationSpec spec) {
    return incident(spec).map(i -> Why.text(scene, i, act(spec, i), breaker()));
  }

  private Optional<Incident> incident(RemediationSpec spec) {
    return incidents.stream().filter(i -> isAbout(i, spec)).findFirst();
  }

  private static Act act(RemediationSpec spec, Incident incident) {
    return new Act(spec.action(), Ledger.target(spec), incident.machine());
  }

  private static boolean isAbout(Incident incident, RemediationSpec spec) {
    RemediationSpec.MachineRef machine = spec.machine();
    if (machine != null) {
      return incident.machine().filter(m -> m.ref().uid().equals(machine.uid())).isPresent();
    }
    ObjectRef object = incident.root().object();
    return object.uid().equals(spec.target().uid())
        && object.name().equals(spec.target().name())
        && incident.root().reason().failureClass().filter(spec.failureClass()::equals).isPresent();
  }
}
