package io.nephio.recovery.lifecycle;

import io.nephio.recovery.api.RemediationStatus;
import java.time.Duration;

/** The one thing to do next. */
public sealed interface Step {

  /** Nothing; look again after this time. */
  record Wait(Duration again) implements Step {}

  /** Only the ledger changes. */
  record Write(RemediationStatus status) implements Step {}

  /** Build the commit, and write its id and branch into the ledger before anything is pushed. */
  record Prepare() implements Step {}

  /** Push the branch, open the pull request, and write its number. */
  record Publish() implements Step {}

  /** Take the approval, then act, if every check still holds. */
  record Act() implements Step {}

  /**
   * It is over: say so on the pull request, then in the ledger.
   *
   * @param close whether the pull request is closed and its branch deleted
   */
  record Conclude(RemediationStatus status, String comment, boolean close) implements Step {}
}
