package io.nephio.recovery.git;

import io.nephio.recovery.record.Draft;
import java.time.Instant;

/** All that a commit holds besides its files; the same text on the same base is the same commit. */
public record CommitText(String message, Author author, Instant at) {

  /** Of a remediation, the same whoever writes it: the operator or the command line. */
  public static CommitText of(Draft draft, Author author) {
    String signOff =
        "Signed-off-by: " + author.committer() + " <" + author.committerEmail() + ">\n";
    return new CommitText(draft.commitMessage() + signOff, author, draft.spec().proposedAt());
  }
}
