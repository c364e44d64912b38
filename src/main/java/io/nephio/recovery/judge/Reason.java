package io.nephio.recovery.judge;

import io.nephio.recovery.api.FailureClass;
import java.util.Optional;

/** Why something is found to fail; spelled as in the plan's JSON and in records. */
public enum Reason {
  InfraUnready,
  ControlPlaneUnhealthy(FailureClass.Machine, true),
  ClusterUnreachable,
  CredentialProblem,
  ControlPlaneOrNetwork,
  MachineFailed(FailureClass.Machine),
  MachineNotRunning(FailureClass.Machine),
  MachineNodeMissing(FailureClass.Machine),
  MachineDeletionStuck(FailureClass.Machine),
  NodeNotReady(FailureClass.Machine),
  NodePressure(FailureClass.Pressure),
  NodeNetworkUnavailable(FailureClass.Network),
  PodCrashLoop(FailureClass.Crash),
  PodFailed(FailureClass.Crash),
  PodConfigError(FailureClass.Crash),
  WorkloadStalled(FailureClass.Rollout),
  CrdMissing(FailureClass.Crd),
  CrdNotEstablished(FailureClass.Crd);

  private final Optional<FailureClass> failureClass;
  private final boolean gates;

  Reason() {
    this.failureClass = Optional.empty();
    this.gates = true;
  }

  Reason(FailureClass failureClass) {
    this(failureClass, false);
  }

  Reason(FailureClass failureClass, boolean gates) {
    this.failureClass = Optional.of(failureClass);
    this.gates = gates;
  }

  /** Empty when the whole cluster is meant, and nothing in it can be acted on. */
  public Optional<FailureClass> failureClass() {
    return failureClass;
  }

  /** Whether this gates everything under the cluster (recovery flow, section A). */
  public boolean gates() {
    return gates;
  }

  /** Whether it tells of a Machine, or of the Node that a Machine became. */
  public boolean ofMachine() {
    return !gates && failureClass.filter(FailureClass.Machine::equals).isPresent();
  }

  public boolean ofPod() {
    return failureClass.filter(FailureClass.Crash::equals).isPresent();
  }
}
