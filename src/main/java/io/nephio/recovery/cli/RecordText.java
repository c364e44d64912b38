package io.nephio.recovery.cli;

import io.nephio.recovery.record.Draft;
import java.util.Map;

/** What was written into a repository, as the reviewer of the pull request will see it. */
final class RecordText {
  private RecordText() {}

  static String text(Written written, Map<String, String> diffs) {
    Draft draft = written.draft();
    StringBuilder out = new StringBuilder("\n=== ").append(draft.id().branch()).append('\n');
    out.append("in ").append(draft.repository()).append(", ").append(written.outcome());
    out.append("\ncommit ").append(written.commit()).append("\n\n");
    diffs.values().forEach(out::append);
    out.append("\nPull request: ").append(draft.title()).append("\n\n").append(draft.body());
    return out.toString();
  }
}
