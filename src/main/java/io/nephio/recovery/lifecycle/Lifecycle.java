package io.nephio.recovery.lifecycle;

import io.nephio.recovery.plan.LedgerEntry;
import java.time.Instant;

/**
 * What comes next for a remediation: the only place where a phase becomes another.
 *
 * <p>A step is chosen from what is seen now and from the ledger, never from what an earlier step is
 * remembered to have done, so that a crash between any two steps leads to the same choice again.
 * Before the act every doubt ends in doing nothing. After the act has begun only evidence moves it
 * on.
 */
public final class Lifecycle {
  private Lifecycle() {}

  /**
   * The one step to perform now. Once a {@link Step.Write} is written, the same question has
   * another answer; whatever else is asked twice is answered the same twice.
   */
  public static Step next(LedgerEntry entry, Seen seen, Instant at) {
    Look look = new Look(entry, seen, at);
    return switch (entry.status().phase()) {
      case Detected, Proposed -> new BeforeMerge(look).proposal();
      case Rejected -> new BeforeMerge(look).rejected();
      case Approved -> new BeforeAct(look).next();
      case Executing -> new AfterStart(look).executing();
      case Verifying -> new AfterStart(look).verifying();
      case WaitingForSync -> new Syncing(look).next();
      case Succeeded, Failed, Unknown, Healed, Superseded, Expired, Refused -> Look.settled();
    };
  }
}
