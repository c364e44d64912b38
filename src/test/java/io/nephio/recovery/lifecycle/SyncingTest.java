package io.nephio.recovery.lifecycle;

import static io.nephio.recovery.lifecycle.Given.at;
import static io.nephio.recovery.lifecycle.Given.ledger;
import static io.nephio.recovery.lifecycle.Given.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.RemediationSpec.Edit;
import io.nephio.recovery.api.RemediationStatus.Outcome;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.record.PullRequestSpecs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The truth table of what Git does. */
class SyncingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # the merge is the act: nothing can be withheld any more
          Approved                                 | unsynced                    | 1h     | WaitingForSync/Merged
          Approved                                 | synced                      | 1h     | WaitingForSync/Merged
          Approved                                 | sync-fails                  | 1h     | WaitingForSync/Merged
          Approved                                 | unsynced breaker            | 1h     | WaitingForSync/Merged
          Approved                                 | unsynced healthy            | 1h     | WaitingForSync/Merged
          Approved                                 | unsynced gone policy-gone   | 2h     | WaitingForSync/Merged
          Approved                                 | unsynced merged-and-held    | 1h     | WaitingForSync/Merged
          Approved                                 | unsynced taken              | 1h     | end Refused/ReceiptExists
          Approved                                 | unsynced merged-and-reverted | 1h    | end Rejected/Reverted
          Approved                                 | sync-unreadable             | 1h     | note TargetUnseen until 1h30s
          Approved                                 | sync-unreadable             | 1h30m  | end Expired/NotStarted
          WaitingForSync                           | synced                      | 1h3m   | Verifying/Synced
          WaitingForSync                           | synced                      | 9h     | Verifying/Synced
          WaitingForSync                           | unsynced                    | 1h3m   | note NotSynced until 1h3m30s
          WaitingForSync NotSynced=1h3m30s         | unsynced                    | 1h3m10s | wait 20s
          WaitingForSync NotSynced=1h3m30s         | sync-fails                  | 1h3m10s | note SyncFailing until 1h3m40s
          WaitingForSync                           | sync-unreadable             | 1h3m   | note SyncUnseen until 1h3m30s
          WaitingForSync                           | no-engine                   | 1h3m   | note NotSynced until 1h3m30s
          WaitingForSync                           | unsynced                    | 1h30m  | end Failed/TimedOut
          WaitingForSync                           | sync-fails                  | 1h30m  | end Failed/TimedOut
          WaitingForSync                           | unsynced merged-and-reverted | 1h3m  | end Failed/RejectedSafe
          WaitingForSync                           | synced merged-and-reverted  | 1h3m   | Verifying/Synced
          WaitingForSync-without-execution         | synced                      | 1h3m   | end Unknown/LedgerCorrupt
          """)
  void synced(String ledger, String seen, String at, String step) {
    assertThat(Told.step(ledger(ledger).status(), next(ledger, seen, at))).isEqualTo(step);
  }

  @Test
  void whatHoldsASyncBackIsSaidAtTheEnd() {
    var end = (Step.Conclude) next("WaitingForSync", "sync-fails", "1h30m");

    assertThat(end.comment()).contains("not applied until", "KNV1021: no such kind");
    assertThat(end.status().execution().outcome()).isEqualTo(Outcome.Unknown);
  }

  @ParameterizedTest
  @CsvSource({
    "Proposed, merged-a-second-late, 24h1s",
    "Proposed, merged-edited, 1h",
    "Proposed, merged-none, 1h",
    "Approved, breaker merged, 1h30m",
    "Executing, our-receipt merged, 1h30m",
  })
  void whereNothingWasDoneThePeopleAreToldOfTheEditThatTheyMerged(
      String ledger, String seen, String at) {
    var spec = PullRequestSpecs.restart("edge02", new Edit("core/smf.yaml", "core", "ab", null));
    LedgerEntry entry = new LedgerEntry("restart", spec, ledger(ledger).status());

    var end = (Step.Conclude) Lifecycle.next(entry, seen(seen), at(at));

    assertThat(end.comment())
        .contains("The operator did nothing", "`core/smf.yaml` is merged", "revert the merge")
        .doesNotContain("othing is done", "othing was done");
  }

  @ParameterizedTest
  @CsvSource({
    "Proposed, merged-none, 1h",
    "Proposed, merged-edited, 1h",
    "Approved, breaker merged, 1h30m",
  })
  void ofACrdNothingIsEditedSoNothingIsToBeReverted(String ledger, String seen, String at) {
    LedgerEntry entry = new LedgerEntry("crd", PullRequestSpecs.crd(), ledger(ledger).status());

    var end = (Step.Conclude) Lifecycle.next(entry, seen(seen), at(at));

    assertThat(end.comment()).containsPattern("[Nn]othing (is|was) done").doesNotContain("revert");
  }

  /** The merge still stands, unless it says otherwise. */
  private static Step next(String ledger, String seen, String at) {
    return Lifecycle.next(ledger(ledger), seen(seen + " merged"), at(at));
  }
}
