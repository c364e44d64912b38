package io.nephio.recovery.operator;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.record.Golden;
import io.nephio.recovery.record.PullRequestSpecs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is said on a pull request while it is open, and when it is overtaken. */
class WordsTest {
  private static final Instant NOW = PullRequestSpecs.NOW;
  private static final Proposal HERE = new Proposal("nephio/edge01", "main", "b", "c", 7L, "u");
  private static final Proposal THERE = new Proposal("nephio/mgmt", "main", "b", "c", 8L, "u");

  @Test
  void theWholeText() {
    RemediationSpec spec =
        PullRequestSpecs.restart(
            "edge01", new RemediationSpec.Edit("core/smf.yaml", "core", "ab", null));
    LedgerEntry open =
        new LedgerEntry(
            "restart",
            spec,
            RemediationStatus.empty().with(Phase.Proposed, "", "").withProposal(HERE));
    Map<String, String> words =
        new TreeMap<>(
            Map.of(
                "Superseded/PackageChanged", Upkeep.changed(open, true, NOW).comment(),
                "Superseded/BaseChanged", Upkeep.elsewhere(open, "feat_x", NOW).comment(),
                "Leftover", Leftover.WORD,
                "Twin", OpenPull.sameAs(7),
                "Anew", Successor.text(HERE, HERE, 9),
                "Anew elsewhere", Successor.text(HERE, THERE, 9),
                "Reminder", OpenPull.reminder(List.of("alice", "bob"), NOW, spec.expiresAt())));
    Golden.assertSame(
        "words",
        words.entrySet().stream()
            .map(word -> "### " + word.getKey() + "\n\n" + word.getValue() + "\n")
            .collect(Collectors.joining("\n")));
  }
}
