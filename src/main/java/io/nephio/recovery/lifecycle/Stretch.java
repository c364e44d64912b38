package io.nephio.recovery.lifecycle;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Approval;
import io.nephio.recovery.api.RemediationStatus.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One part of the time from a failure to its end, told when it is over, so that the time people
 * take never counts as ours.
 *
 * @param name detect, propose, approve, wait, sync, execute or heal
 */
public record Stretch(String name, Duration took) {

  /** What has ended by this change of phase. */
  public static List<Stretch> ended(
      RemediationSpec spec, RemediationStatus before, RemediationStatus after) {
    List<Stretch> ended = new ArrayList<>();
    Instant at = last(after);
    Approval approval = after.approval();
    Execution execution = after.execution();
    if (before.phase() == Phase.Detected && after.phase() == Phase.Proposed) {
      ended.add(between("detect", spec.failingSince(), spec.proposedAt()));
      ended.add(between("propose", spec.proposedAt(), at));
    }
    if (after.phase() == Phase.Approved && approval != null) {
      ended.add(between("approve", last(before), approval.mergedAt()));
    }
    if (after.phase() == Phase.Executing && approval != null) {
      ended.add(between("wait", approval.mergedAt(), at));
    }
    if (execution != null && after.phase() == Phase.Verifying) {
      String part = before.phase() == Phase.WaitingForSync ? "sync" : "execute";
      ended.add(between(part, execution.startedAt(), at));
    }
    if (execution != null && execution.finishedAt() != null && after.phase() == Phase.Succeeded) {
      ended.add(between("heal", execution.finishedAt(), at));
    }
    return ended;
  }

  /** Two servers' clocks may differ; no time is less than none. */
  private static Stretch between(String name, Instant from, Instant to) {
    return new Stretch(name, from.isAfter(to) ? Duration.ZERO : Duration.between(from, to));
  }

  private static Instant last(RemediationStatus status) {
    List<RemediationStatus.Transition> history = status.history();
    return history.isEmpty() ? Instant.MAX : history.get(history.size() - 1).at();
  }
}
