package io.nephio.recovery.lifecycle;

import io.nephio.recovery.api.RemediationStatus;
import java.time.Duration;
import java.util.Optional;

/** The one thing to do next. Each may be repeated after a crash at any point of it. */
public sealed interface Step {

  /** Nothing; look again after this time, or as soon as something changes. */
  record Wait(Duration again) implements Step {}

  /** Only the ledger changes: to this status, whole. */
  record Write(RemediationStatus status) implements Step {}

  /** Build the commit, and write its id and branch into the ledger before anything is pushed. */
  record Prepare() implements Step {}

  /**
   * Push the branch, open the pull request, and write {@link Moves#published}.
   *
   * @param found the pull request, if it is there already
   */
  record Publish(Optional<Pull.Open> found) implements Step {}

  /**
   * Take the approval, then act, if every check still holds. Progress will tell what came of it.
   */
  record Act() implements Step {}

  /**
   * It is over: say so on the pull request, if there is one, then write the status.
   *
   * @param comment Markdown, one paragraph
   * @param close whether the pull request is closed and its branch deleted
   */
  record Conclude(RemediationStatus status, String comment, boolean close) implements Step {}
}
