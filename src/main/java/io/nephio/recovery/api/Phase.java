package io.nephio.recovery.api;

/** How far a remediation is. */
public enum Phase {
  Detected,
  Proposed,
  Approved,
  Executing,
  WaitingForSync,
  Verifying,
  Succeeded,
  Failed,
  Unknown,
  Rejected,
  Healed,
  Superseded,
  Expired,
  Refused;

  /** Nothing follows but, after Rejected, a reopened pull request. */
  public boolean terminal() {
    return !open();
  }

  /** The cluster is being changed, by us or by the merge; counts against maxInFlight. */
  public boolean inFlight() {
    return switch (this) {
      case Executing, WaitingForSync, Verifying -> true;
      default -> false;
    };
  }

  public boolean open() {
    return switch (this) {
      case Detected, Proposed, Approved -> true;
      default -> inFlight();
    };
  }
}
