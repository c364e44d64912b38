package io.nephio.recovery.git;

import io.nephio.recovery.record.Draft;
import java.time.Instant;

/** All that a commit holds besides its files; the same text on the same base is the same commit. */
public record CommitText(String message, String name, String email, Instant at) {
  private static final String AUTHOR = "Nephio recovery operator";

  /** Nobody reads it. */
  private static final String EMAIL = "recovery@nephio.invalid";

  /** Of a remediation, the same whoever writes it: the operator or the command line. */
  public static CommitText of(Draft draft) {
    return new CommitText(draft.commitMessage(), AUTHOR, EMAIL, draft.spec().proposedAt());
  }
}
