package io.nephio.recovery.judge;

import io.nephio.recovery.api.FailureClass;
import java.util.Optional;

/** Why something is found to fail; spelled as in the plan's JSON and in records. */
public enum Reason {
  InfraUnready,
  ClusterUnreachable,
  CredentialProblem,
  MachineFailed(FailureClass.Machine),
  NodeNotReady(FailureClass.Machine);

  private final Optional<FailureClass> failureClass;

  Reason() {
    this.failureClass = Optional.empty();
  }

  Reason(FailureClass failureClass) {
    this.failureClass = Optional.of(failureClass);
  }

  /** Empty when the whole cluster is meant: nothing under it is judged by itself then. */
  public Optional<FailureClass> failureClass() {
    return failureClass;
  }

  /** Whether this gates everything under the cluster (recovery flow, section A). */
  public boolean gates() {
    return failureClass.isEmpty();
  }
}
