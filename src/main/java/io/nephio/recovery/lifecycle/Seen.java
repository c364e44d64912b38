package io.nephio.recovery.lifecycle;

import java.time.Duration;

/**
 * Everything a remediation's next step depends on, as it is now. What a phase does not need is not
 * looked at; each part says who needs it and what then stands for "not known".
 *
 * @param gate needed in Approved and Executing
 * @param sync needed in Approved and WaitingForSync
 * @param policyGone no policy asks for this remediation any more
 */
public record Seen(
    Pull pull,
    Health health,
    Gate gate,
    Progress progress,
    Receipt receipt,
    Sync sync,
    boolean policyGone,
    Pace pace) {

  /**
   * The times of the current policy.
   *
   * @param poll between two looks at the Git server
   * @param snooze how long a rejection holds
   * @param verify how long after the act its replacement may take to become healthy
   */
  public record Pace(Duration poll, Duration snooze, Duration verify) {}
}
