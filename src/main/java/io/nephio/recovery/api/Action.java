package io.nephio.recovery.api;

/** What is done to the target once a human has merged. */
public enum Action {
  /** The Machine is deleted; its MachineSet or control plane makes a new one. */
  ReplaceMachine,
  /** The Node is cordoned, then its Machine is replaced. */
  ReplaceNode,
  /** The Node is cordoned and its pods are evicted. */
  DrainNode,
  /** The pod is deleted; its controller makes a new one. */
  DeletePod,
  /** The pod template gets a new restart annotation. */
  RestartRollout,
  /** The CRD is applied again from the package that holds it. */
  ReapplyCrd,
  /** Nothing: what a reviewer writes to merge a record and still refuse it. */
  None;

  /** Whether it is an edit of the package that holds the target, and goes where that is. */
  public boolean editsPackage() {
    return this == RestartRollout || this == ReapplyCrd;
  }
}
