package io.nephio.recovery.operator;

import io.nephio.recovery.api.Bounds;
import io.nephio.recovery.lifecycle.Gate;
import io.nephio.recovery.lifecycle.Health;
import io.nephio.recovery.plan.LedgerEntry;

/**
 * Whether a merge would do anything at this moment, as a commit status on a pull request's head:
 * with branch protection it holds back a merge that comes too late.
 *
 * @param state as Gitea calls it
 * @param sentence for people; the same for as long as nothing changes
 */
record Preflight(String state, String sentence) {
  static final String CONTEXT = "recovery/preflight";
  static final Preflight HEALTHY =
      new Preflight("failure", "no longer failing: nothing is left to do");
  private static final int LONGEST = 140;

  Preflight {
    sentence = Bounds.cut(sentence, LONGEST);
  }

  static Preflight of(LedgerEntry entry, Health health, Gate gate) {
    if (health instanceof Health.Failing) {
      if (gate instanceof Gate.Blocked blocked) {
        return new Preflight("pending", "not now: " + blocked.message());
      }
      String now = ((Gate.Free) gate).why();
      return new Preflight(
          "success", "still failing; " + (now.isEmpty() ? entry.spec().why() : now));
    }
    if (health instanceof Health.Healthy) {
      return HEALTHY;
    }
    if (health instanceof Health.Gone) {
      return new Preflight("failure", "the object of this uid is gone: nothing is left to do");
    }
    return health instanceof Health.WrongCluster wrong
        ? new Preflight("failure", wrong.why())
        : new Preflight("pending", "not seen now: " + ((Health.Unseen) health).why());
  }
}
