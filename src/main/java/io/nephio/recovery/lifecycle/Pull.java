package io.nephio.recovery.lifecycle;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.plan.Review;
import java.time.Instant;

/**
 * What the Git server says of a remediation's pull request: the one with the branch and the first
 * commit that stand in the ledger. Needed in Detected (once there is a proposal in the ledger),
 * Proposed and Rejected; from Approved until the act has happened, to know whether the merge still
 * stands.
 */
public sealed interface Pull {

  /** Not asked. Proves nothing. */
  record NotLooked() implements Pull {}

  /** The server answered, and has none with our branch and our commit. */
  record Absent() implements Pull {}

  /**
   * Waits for people.
   *
   * @param head commit that would be merged now
   * @param held whether people asked, by label, that nothing be done to it automatically
   */
  record Open(long number, String url, String head, boolean held) implements Pull {}

  /**
   * Merged.
   *
   * @param by who merged, by the name on the Git server
   * @param commit the commit at which the record was reviewed, in the base branch
   */
  record Merged(String by, Instant at, String commit, Review review, Standing standing)
      implements Pull {}

  /** What people have made of a merge since. */
  enum Standing {
    STANDS,
    /** They asked, by label, that nothing be done. */
    HELD,
    /** The record is no longer in the base branch, or asks for nothing there. */
    REVERTED
  }

  /**
   * Closed without a merge.
   *
   * @param by who closed it, by the name on the Git server; "" if that is not known
   */
  record Closed(String by) implements Pull {}

  /**
   * Closed without a merge by ourselves, in a step that did not reach the ledger.
   *
   * @param phase what we said on it that it is
   */
  record Withdrawn(Phase phase) implements Pull {}

  /** The server did not answer, or not in a way that tells. Proves nothing. */
  record Unreadable(String text) implements Pull {}
}
