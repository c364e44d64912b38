package io.nephio.recovery.lifecycle;

import static io.nephio.recovery.lifecycle.Given.at;
import static io.nephio.recovery.lifecycle.Given.ledger;
import static io.nephio.recovery.lifecycle.Given.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.RemediationStatus.Outcome;
import io.nephio.recovery.plan.LedgerEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The truth table: what the ledger says, what is seen, when; then the step. */
class LifecycleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # nothing was sent yet
          Detected                                 |                             | 0s     | Prepare
          Detected                                 | merged                      | 1h     | Prepare
          Detected                                 | unseen                      | 0s     | wait 30s
          Detected                                 | unseen                      | 23h59m50s | wait 10s
          Detected                                 | healthy                     | 0s     | note healthy
          Detected healthy=0s                      | healthy                     | 5m     | wait 30s
          Detected healthy=0s                      | healthy                     | 9m59s  | wait 1s
          Detected healthy=0s                      | healthy                     | 9m59.9s | wait 1s
          Detected healthy=0s                      | healthy                     | 10m    | Healed/Healed
          Detected healthy=0s                      |                             | 11m    | note relapse
          Detected                                 | gone                        | 0s     | Superseded/TargetGone
          Detected                                 | wrong-cluster               | 0s     | Superseded/WrongCluster
          Detected                                 | policy-gone                 | 0s     | Superseded/PolicyGone
          Detected                                 |                             | 24h    | Expired/NotMerged
          Detected GitUnreachable=1m               |                             | 50s    | wait 10s
          Detected GitUnreachable=1m               |                             | 1m     | Prepare
          # branch and commit stand in the ledger: it may be pushed, open, even merged
          Detected-prepared                        |                             | 0s     | wait 30s
          Detected-prepared                        | absent                      | 0s     | Publish
          Detected-prepared                        | absent healthy              | 0s     | note healthy
          Detected-prepared                        | absent unseen               | 0s     | wait 30s
          Detected-prepared healthy=0s             | absent healthy              | 10m    | close Healed/Healed
          Detected-prepared                        | absent gone                 | 0s     | close Superseded/TargetGone
          Detected-prepared                        | absent policy-gone          | 0s     | close Superseded/PolicyGone
          Detected-prepared                        | absent                      | 24h    | close Expired/NotMerged
          Detected-prepared                        | git-down                    | 1m     | note GitUnreachable until 1m30s
          Detected-prepared GitUnreachable=1m30s   | git-down                    | 1m     | wait 30s
          Detected-prepared GitUnreachable=1m30s   | absent                      | 1m20s  | wait 10s
          Detected-prepared GitUnreachable=1m30s   | absent                      | 1m30s  | Publish
          Detected-prepared                        | git-down policy-gone        | 24h    | note GitUnreachable until 24h30s
          Detected-prepared                        | policy-gone                 | 24h    | wait 30s
          Detected-prepared                        | open                        | 0s     | Publish
          Detected-prepared                        | open unseen                 | 0s     | Publish
          Detected-prepared                        | held gone                   | 0s     | Publish
          Detected-prepared                        | open gone                   | 0s     | close Superseded/TargetGone
          Detected-prepared                        | merged                      | 1h     | Approved/Merged
          Detected-prepared                        | merged-edited               | 1h     | end Refused/EditedOutsideEnvelope
          Detected-prepared                        | merged-none                 | 1h     | end Rejected/ActionNone
          Detected-prepared                        | closed                      | 1h     | end Rejected/Closed
          """)
  void detected(String ledger, String seen, String at, String step) {
    assertThat(told(ledger, seen, at)).isEqualTo(step);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # open
          Proposed                                 | open                        | 1h     | wait 30s
          Proposed                                 | open                        | 23h59m50s | wait 10s
          Proposed                                 | open unseen                 | 1h     | wait 30s
          Proposed                                 | open healthy                | 1h     | note healthy
          Proposed healthy=1h                      | open healthy                | 1h5m   | wait 30s
          Proposed healthy=1h                      | open unseen                 | 1h5m   | wait 30s
          Proposed healthy=1h                      | open                        | 1h5m   | note relapse
          Proposed healthy=1h                      | open healthy                | 1h10m  | close Healed/Healed
          Proposed healthy=1h                      | open unseen                 | 1h10m  | wait 30s
          Proposed                                 | open gone                   | 1h     | close Superseded/TargetGone
          Proposed                                 | open wrong-cluster          | 1h     | close Superseded/WrongCluster
          Proposed                                 | open policy-gone            | 1h     | close Superseded/PolicyGone
          Proposed                                 | open                        | 24h    | close Expired/NotMerged
          Proposed                                 | open unseen                 | 24h    | close Expired/NotMerged
          Proposed healthy=23h50m                  | open healthy                | 24h    | close Healed/Healed
          Proposed                                 | open gone                   | 24h    | close Superseded/TargetGone
          Proposed                                 | renumbered                  | 1h     | note number 8
          Proposed GitUnreachable=1h30s            | open                        | 1h10s  | note unblocked
          # people asked for hands off: the ledger remembers, the pull request stays as it is
          Proposed                                 | held gone                   | 1h     | wait 30s
          Proposed                                 | held policy-gone            | 1h     | wait 30s
          Proposed                                 | held                        | 25h    | wait 30s
          Proposed                                 | held healthy                | 1h     | note healthy
          Proposed healthy=1h                      | held                        | 1h     | note relapse
          Proposed healthy=1h                      | held healthy                | 2h     | wait 30s
          # merged: what was reviewed is what runs
          Proposed                                 | merged                      | 1h     | Approved/Merged
          Proposed                                 | merged healthy policy-gone  | 1h     | Approved/Merged
          Proposed                                 | merged                      | 25h    | Approved/Merged
          Proposed                                 | merged-with-a-shorter-time  | 1h     | Approved/Merged
          Proposed                                 | merged-in-the-last-second   | 24h    | Approved/Merged
          Proposed                                 | merged-a-second-late        | 24h1s  | end Expired/MergedTooLate
          Proposed                                 | merged-past-a-shorter-time  | 1h     | end Expired/MergedTooLate
          Proposed                                 | merged-none                 | 1h     | end Rejected/ActionNone
          Proposed                                 | merged-edited               | 1h     | end Refused/EditedOutsideEnvelope
          # closed: by people, or by an earlier step of ours that did not reach the ledger
          Proposed healthy=1h                      | closed-by-us healthy        | 1h10m  | close Healed/Healed
          Proposed healthy=1h                      | closed-by-us unseen         | 1h     | close Healed/Withdrawn
          Proposed                                 | closed-by-us                | 1h     | close Healed/Withdrawn
          Proposed                                 | closed                      | 1h     | end Rejected/Closed
          Proposed                                 | closed-by-nobody-known      | 1h     | end Rejected/Closed
          Proposed                                 | closed healthy              | 1h     | end Rejected/Closed
          Proposed                                 | closed unseen               | 1h     | end Rejected/Closed
          Proposed                                 | closed gone                 | 1h     | close Superseded/TargetGone
          Proposed healthy=1h                      | closed healthy              | 1h10m  | close Healed/Healed
          Proposed                                 | closed                      | 24h    | close Expired/NotMerged
          # gone from the Git server, or the Git server gone
          Proposed                                 | absent                      | 1h     | Publish
          Proposed                                 | absent unseen               | 1h     | wait 30s
          Proposed                                 | absent policy-gone          | 1h     | close Superseded/PolicyGone
          Proposed                                 | pull-not-looked             | 25h    | wait 30s
          Proposed                                 | pull-not-looked gone        | 1h     | wait 30s
          Proposed                                 | git-down                    | 1h     | note GitUnreachable until 1h30s
          Proposed GitUnreachable=1h30s            | git-down                    | 1h10s  | wait 20s
          Proposed GitUnreachable=1h30s            | git-down                    | 1h30s  | note GitUnreachable until 1h1m
          Proposed                                 | git-down gone               | 24h20m | note GitUnreachable until 24h20m30s
          # even what was merged in the last second could no longer be begun
          Proposed                                 | git-down                    | 24h30m | close Expired/Unreadable
          Proposed healthy=1h                      | git-down                    | 1h     | note relapse
          # somebody else wrote the status: no pull request can be this one's
          Proposed-without-proposal                | merged                      | 1h     | Prepare
          Proposed-without-proposal                | policy-gone                 | 1h     | Superseded/PolicyGone
          """)
  void proposed(String ledger, String seen, String at, String step) {
    assertThat(told(ledger, seen, at)).isEqualTo(step);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Rejected                                 | closed                      | 2h     | wait 30s
          Rejected                                 | git-down                    | 2h     | wait 30s
          Rejected                                 | absent                      | 2h     | wait 30s
          Rejected                                 | pull-not-looked             | 23h59m50s | wait 10s
          Rejected                                 | closed                      | 24h    | wait 365d
          # reopened, and perhaps merged before anybody looked
          Rejected healthy=1h                      | open healthy                | 2h     | Proposed/Reopened
          Rejected                                 | held                        | 2h     | Proposed/Reopened
          Rejected                                 | open                        | 24h    | wait 365d
          Rejected                                 | merged                      | 2h     | Approved/Merged
          Rejected                                 | merged-edited               | 2h     | end Refused/EditedOutsideEnvelope
          Rejected                                 | merged-none                 | 2h     | end Rejected/ActionNone
          Rejected                                 | merged-a-second-late        | 24h1s  | end Expired/MergedTooLate
          # a merge with action None cannot be undone
          Rejected-none                            | merged-none                 | 2h     | wait 365d
          Rejected-none                            | merged                      | 2h     | wait 365d
          Rejected-none                            | open                        | 2h     | wait 365d
          # nor can a revert
          Rejected-reverted                        | merged                      | 2h     | wait 365d
          Rejected-reverted                        | merged-and-reverted         | 2h     | wait 365d
          """)
  void rejected(String ledger, String seen, String at, String step) {
    assertThat(told(ledger, seen, at)).isEqualTo(step);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Approved                                 |                             | 1h     | Executing/Started
          Approved                                 |                             | 1h29m59s | Executing/Started
          Approved                                 |                             | 1h30m  | end Expired/NotStarted
          # any receipt means never again, whatever else is seen
          Approved                                 | our-receipt                 | 1h     | end Refused/ReceiptExists
          Approved                                 | taken                       | 1h     | end Refused/ReceiptExists
          Approved                                 | taken gone policy-gone      | 2h     | end Refused/ReceiptExists
          Approved                                 | receipt-unreadable          | 1h     | note GitUnreachable until 1h30s
          Approved GitUnreachable=1h30s            | receipt-unreadable          | 1h10s  | wait 20s
          Approved                                 | receipt-unreadable          | 1h30m  | end Expired/NotStarted
          # still wanted, still there, still failing
          Approved                                 | policy-gone                 | 1h     | end Superseded/PolicyGone
          Approved                                 | gone                        | 1h     | end Superseded/TargetGone
          Approved                                 | gone                        | 1h30m  | end Superseded/TargetGone
          Approved                                 | gone receipt-unreadable     | 1h     | end Superseded/TargetGone
          Approved                                 | wrong-cluster               | 1h     | end Refused/WrongCluster
          Approved                                 | unseen                      | 1h     | note TargetUnseen until 1h30s
          Approved TargetUnseen=1h30s              | unseen                      | 1h10s  | wait 20s
          Approved                                 | unseen                      | 1h30m  | end Expired/NotStarted
          Approved TargetUnseen=1h30s              |                             | 1h10s  | Executing/Started
          Approved                                 | healthy                     | 1h     | note healthy
          Approved healthy=1h                      | healthy                     | 1h     | note TargetHealthy until 1h10m
          Approved healthy=1h                      | healthy                     | 1h10m  | end Superseded/Healed
          Approved healthy=1h25m                   | healthy                     | 1h30m  | end Expired/NotStarted
          Approved healthy=1h                      |                             | 1h5m   | note relapse
          Approved healthy=1h                      | receipt-unreadable          | 1h5m   | note relapse
          # others first: blocked is never for ever, and only our own slots cost no time
          Approved                                 | breaker                     | 1h     | note BreakerOpen until 1h20m
          Approved BreakerOpen=1h20m               | breaker                     | 1h1m   | wait 30s
          Approved BreakerOpen=1h20m               | breaker                     | 1h19m50s | wait 10s
          Approved BreakerOpen=1h20m               | breaker                     | 1h20m  | wait 30s
          Approved BreakerOpen=1h20m               | slot                        | 1h1m   | note MaxInFlight until 23h59m
          Approved BreakerOpen=1h20m               |                             | 1h1m   | Executing/Started
          Approved                                 | breaker                     | 1h30m  | end Expired/NotStarted
          Approved                                 | slot                        | 1h     | note MaxInFlight until 23h59m
          Approved MaxInFlight=23h59m              | slot                        | 1h14m59s | wait 30s
          Approved MaxInFlight=23h59m              | slot                        | 1h15m  | note start until 1h45m
          Approved MaxInFlight=23h59m start-until=1h45m | slot                   | 1h15m  | wait 30s
          Approved MaxInFlight=23h59m start-until=23h59m | slot                  | 23h50m | note start until 24h
          Approved MaxInFlight=23h59m start-until=24h | slot                     | 23h58m | wait 30s
          Approved MaxInFlight=23h59m start-until=24h | slot                     | 23h59m40s | wait 10s
          Approved MaxInFlight=23h59m start-until=24h | slot                     | 24h    | end Expired/NotStarted
          Approved MaxInFlight=23h59m start-until=24h5m | slot                   | 24h1m  | wait 30s
          Approved MaxInFlight=23h59m              | slot merged-with-a-shorter-time | 1h20m | note start until 1h40m
          Approved                                 | slot                        | 1h30m  | end Expired/NotStarted
          Approved MaxInFlight=23h59m              | slot unseen                 | 1h29m  | note TargetUnseen until 1h29m30s
          # people have thought better of it
          Approved                                 | merged-and-held             | 1h     | note Held until 1h30s
          Approved Held=1h30s                      | merged-and-held             | 1h10s  | wait 20s
          Approved Held=1h30s                      |                             | 1h10s  | Executing/Started
          Approved                                 | merged-and-held             | 1h30m  | end Expired/NotStarted
          Approved                                 | merged-and-held breaker     | 1h     | note Held until 1h30s
          Approved                                 | merged-and-reverted         | 1h     | end Rejected/Reverted
          Approved                                 | merged-and-reverted our-receipt | 1h | end Refused/ReceiptExists
          Approved                                 | merged-edited               | 1h     | end Refused/EditedOutsideEnvelope
          # a Git server that was restored from before the merge, or does not answer
          Approved                                 | open                        | 1h     | note MergeNotSeen until 1h30s
          Approved                                 | absent                      | 1h     | note MergeNotSeen until 1h30s
          Approved                                 | closed                      | 1h     | note MergeNotSeen until 1h30s
          Approved                                 | merged-again                | 1h     | note MergeNotSeen until 1h30s
          Approved                                 | git-down                    | 1h     | note GitUnreachable until 1h30s
          Approved                                 | git-down                    | 1h30m  | end Expired/NotStarted
          # somebody else wrote the status
          Approved-without-approval                |                             | 1h     | end Refused/LedgerCorrupt
          """)
  void approved(String ledger, String seen, String at, String step) {
    assertThat(told(ledger, merged(seen), at)).isEqualTo(step);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # it happened, and nothing else matters
          Executing                                | happened                    | 1h2m   | Verifying/Done
          Executing                                | happened our-receipt gone   | 1h2m   | Verifying/Done
          Executing                                | happened taken policy-gone  | 2h     | Verifying/Done
          Executing                                | happened wrong-cluster      | 1h2m   | Verifying/Done
          # nobody knows
          Executing                                | act-unreadable              | 1h2m   | note TargetUnreadable until 1h2m30s
          Executing                                | act-unreadable taken healthy | 1h2m  | note TargetUnreadable until 1h2m30s
          Executing                                | act-unreadable              | 1h30m  | end Unknown/TargetUnreadable
          # it did not happen: again, on the same conditions
          Executing                                |                             | 1h2m   | Act
          Executing                                | our-receipt                 | 1h2m   | Act
          Executing                                | our-receipt slot            | 1h2m   | Act
          Executing TargetUnseen=1h30m             | our-receipt                 | 1h2m   | Act
          Executing                                | taken                       | 1h2m   | end Refused/ReceiptExists
          Executing                                | taken                       | 1h30m  | end Refused/ReceiptExists
          Executing                                | receipt-unreadable          | 1h2m   | note GitUnreachable until 1h2m30s
          Executing                                | receipt-unreadable          | 1h30m  | end Failed/TimedOut
          Executing                                | our-receipt                 | 1h29m59s | Act
          Executing                                | our-receipt                 | 1h30m  | end Failed/TimedOut
          Executing                                | breaker                     | 1h2m   | note BreakerOpen until 1h20m
          Executing                                | breaker                     | 1h30m  | end Failed/TimedOut
          Executing                                | healthy                     | 1h2m   | end Failed/RejectedSafe
          Executing                                | policy-gone                 | 1h2m   | end Failed/RejectedSafe
          Executing                                | wrong-cluster               | 1h2m   | end Refused/WrongCluster
          Executing                                | unseen                      | 1h2m   | note TargetUnseen until 1h2m30s
          Executing                                | unseen                      | 1h30m  | end Failed/TimedOut
          Executing                                | gone                        | 1h2m   | wait 30s
          Executing                                | gone                        | 1h29m50s | wait 10s
          Executing                                | gone                        | 1h30m  | end Failed/TimedOut
          # a drain goes on for as long as it had to begin, and until the Node is well
          Executing                                | partly our-receipt          | 1h2m   | Act
          Executing                                | partly our-receipt          | 1h30m59s | Act
          Executing                                | partly our-receipt          | 1h31m  | end Failed/TimedOut
          Executing                                | partly healthy              | 1h2m   | Verifying/Done
          Executing                                | partly breaker              | 1h2m   | end Failed/RejectedSafe
          Executing                                | partly taken                | 1h2m   | end Refused/ReceiptExists
          Executing                                | stopped                     | 1h2m   | end Failed/RejectedSafe
          # a control plane was asked: withdrawn as soon as it is not wanted any more
          Executing                                | asked our-receipt           | 1h2m   | Act
          Executing                                | asked our-receipt           | 1h30m  | end Failed/TimedOut
          Executing                                | asked healthy               | 1h2m   | end Failed/RejectedSafe
          Executing                                | asked breaker               | 1h2m   | end Failed/RejectedSafe
          Executing                                | asked policy-gone           | 1h2m   | end Failed/RejectedSafe
          # people have thought better of it
          Executing                                | merged-and-held             | 1h2m   | note Held until 1h2m30s
          Executing                                | merged-and-held             | 1h30m  | end Failed/TimedOut
          Executing                                | merged-and-held happened    | 1h2m   | Verifying/Done
          Executing                                | partly merged-and-held      | 1h2m   | end Failed/RejectedSafe
          Executing                                | asked merged-and-held       | 1h2m   | end Failed/RejectedSafe
          Executing                                | merged-and-reverted         | 1h2m   | end Failed/RejectedSafe
          Executing                                | partly merged-and-reverted  | 1h2m   | end Failed/RejectedSafe
          Executing                                | git-down                    | 1h2m   | note GitUnreachable until 1h2m30s
          Executing                                | open                        | 1h2m   | note MergeNotSeen until 1h2m30s
          # somebody else wrote the status
          Executing-without-approval               |                             | 1h2m   | end Unknown/LedgerCorrupt
          Executing-without-execution              | happened                    | 1h2m   | end Unknown/LedgerCorrupt
          """)
  void executing(String ledger, String seen, String at, String step) {
    assertThat(told(ledger, merged(seen), at)).isEqualTo(step);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Verifying                                | gone                        | 1h3m   | wait 30s
          Verifying                                | failing                     | 1h3m   | wait 30s
          Verifying                                | failing                     | 1h21m50s | wait 10s
          Verifying                                | failing                     | 1h22m  | end Failed/NotEffective
          Verifying                                | gone                        | 1h22m  | end Failed/NotEffective
          Verifying                                | healthy                     | 1h10m  | note healthy
          Verifying healthy=1h10m                  | healthy                     | 1h11m  | wait 30s
          Verifying healthy=1h10m                  | healthy                     | 1h19m50s | wait 10s
          Verifying healthy=1h10m                  | healthy                     | 1h20m  | end Succeeded/Healthy
          Verifying healthy=1h20m                  | healthy                     | 1h25m  | wait 30s
          Verifying healthy=1h10m                  | failing                     | 1h15m  | note relapse
          Verifying healthy=1h10m                  | gone                        | 1h15m  | note relapse
          Verifying healthy=1h10m                  | failing                     | 1h25m  | note relapse
          # taken back by somebody else
          Verifying                                | stopped                     | 1h3m   | end Failed/Drifted
          Verifying                                | stopped healthy             | 1h3m   | note healthy
          Verifying healthy=1h10m                  | stopped healthy             | 1h20m  | end Succeeded/Healthy
          # not seen proves neither that it helped nor that it did not
          Verifying                                | unseen                      | 1h3m   | note TargetUnseen until 1h3m30s
          Verifying                                | unseen                      | 9h     | note TargetUnseen until 9h30s
          Verifying healthy=1h10m                  | unseen                      | 1h20m  | note TargetUnseen until 1h20m30s
          Verifying                                | wrong-cluster               | 9h     | note WrongCluster until 9h30s
          Verifying TargetUnseen=1h3m30s           | failing                     | 1h3m   | note unblocked
          # what would have stopped it before the act comes too late
          Verifying                                | policy-gone taken breaker   | 1h3m   | wait 30s
          Verifying healthy=1h10m                  | policy-gone healthy         | 1h20m  | end Succeeded/Healthy
          Verifying-without-execution              | healthy                     | 1h3m   | end Unknown/LedgerCorrupt
          """)
  void verifying(String ledger, String seen, String at, String step) {
    assertThat(told(ledger, seen, at)).isEqualTo(step);
  }

  @Test
  void aMergeIsWrittenWithWhoWhenWhatAndUntilWhen() {
    var status = ((Step.Write) next("Rejected healthy=1h", "merged", "2h")).status();

    assertThat(status.approval().mergedBy()).isEqualTo("alice");
    assertThat(status.approval().mergeCommit()).isEqualTo("merge");
    assertThat(status.approval().mergedAt()).isEqualTo(at("1h"));
    assertThat(status.approval().executeBefore()).isEqualTo(at("1h30m"));
    assertThat(status.healthySince()).isNull();
    assertThat(status.snoozedUntil()).isNull();
  }

  @Test
  void aReopenedOneStartsAfresh() {
    var status = ((Step.Write) next("Rejected healthy=1h", "open healthy", "2h")).status();

    assertThat(status.healthySince()).isNull();
    assertThat(status.snoozedUntil()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"closed", "merged-none"})
  void aRejectionSnoozes(String pull) {
    var end = (Step.Conclude) next("Proposed", pull, "1h0.7s");

    assertThat(end.status().snoozedUntil()).isEqualTo(at("13h"));
  }

  @Test
  void aRejectionSaysHowToUndoIt() {
    var end = (Step.Conclude) next("Proposed", "closed", "1h0.7s");

    assertThat(end.comment())
        .contains("closed by alice", "2026-03-02T01:00:00Z if it still fails", "Reopen");
  }

  @Test
  void aRefusedEditNamesTheFieldAndItsValuesOnlyInTheLedger() {
    var end = (Step.Conclude) next("Proposed", "merged-edited", "1h");

    assertThat(end.comment()).contains("`spec.target.name`").doesNotContain("m2");
    assertThat(end.status().message()).isEqualTo("spec.target.name was m1, is m2");
  }

  @Test
  void anExpiryNamesWhatItWaitedFor() {
    var end = (Step.Conclude) next("Approved BreakerOpen=1h20m", "breaker", "1h30m");

    assertThat(end.comment()).contains("2026-03-01T13:30:00Z (BreakerOpen)");
    assertThat(end.status().conditions()).isEmpty();
    assertThat(end.status().retryAt()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "our-receipt happened, Done",
    "act-unreadable, Unknown",
    "taken, Refused",
    "our-receipt, RejectedSafe",
  })
  void whatCameOfTheActIsWrittenAndACordonIsNotForgotten(String seen, Outcome outcome) {
    Step step = next("Executing", merged(seen), "1h30m");
    var execution = LifecycleLawsTest.written(step).orElseThrow().execution();

    assertThat(execution.outcome()).isEqualTo(outcome);
    assertThat(execution.startedAt()).isEqualTo(at("1h1m"));
    assertThat(execution.finishedAt()).isEqualTo(at("1h30m"));
    assertThat(execution.cordoned()).isTrue();
  }

  @Test
  void successTellsHowLongItTook() {
    var end = (Step.Conclude) next("Verifying healthy=1h10m", "healthy", "1h20m");

    assertThat(end.comment()).isEqualTo("Healed: healthy for 10m, 19m after the start.");
  }

  /** And still is, unless it says otherwise. */
  private static String merged(String seen) {
    return seen == null ? "merged" : seen + " merged";
  }

  private static String told(String ledger, String seen, String at) {
    return Told.step(ledger(ledger).status(), next(ledger, seen, at));
  }

  private static Step next(String ledger, String seen, String at) {
    LedgerEntry entry = ledger(ledger);
    return Lifecycle.next(entry, seen(seen == null ? "" : seen), at(at));
  }
}
