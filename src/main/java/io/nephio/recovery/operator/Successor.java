package io.nephio.recovery.operator;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.gitea.Answer;
import io.nephio.recovery.gitea.PullRequests;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A proposal in the place of one that was given up; its body names that, and here the way back. */
record Successor(Forge forge, LedgerEntry entry, Ledger ledger) {
  private static final String MARK = "<!-- recovery:Anew -->";

  void link(long number) {
    ledger.entries().stream()
        .filter(e -> e.spec().fingerprint().equals(entry.spec().fingerprint()))
        .filter(e -> e.spec().attempt() == entry.spec().attempt() - 1)
        .filter(e -> e.status().phase() == Phase.Superseded)
        .forEach(before -> link(before.status().proposal(), number));
  }

  private void link(@Nullable Proposal before, long number) {
    if (before == null || before.pullRequest() == null) {
      return;
    }
    PullRequests pulls = forge.gitea().pullRequests();
    if (pulls.comments(before.repository(), before.pullRequest())
            instanceof Answer.Ok<List<String>> said
        && said.value().stream().noneMatch(text -> text.contains(MARK))) {
      String text = text(before, entry.status().proposal(), number);
      var unused = pulls.comment(before.repository(), before.pullRequest(), text);
    }
  }

  static String text(Proposal before, @Nullable Proposal now, long number) {
    String repository =
        now == null || now.repository().equals(before.repository()) ? "" : now.repository();
    return "Proposed anew: " + repository + "#" + number + ".\n\n" + MARK;
  }
}
