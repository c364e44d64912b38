package io.nephio.recovery.lifecycle;

import static io.nephio.recovery.facts.Sample.NOW;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Approval;
import io.nephio.recovery.api.RemediationStatus.Execution;
import io.nephio.recovery.api.RemediationStatus.Outcome;
import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.plan.Entries;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.Review;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ledgers and sights by words. Every time is said as an offset from the proposal, at which it is
 * 0s: merged at 1h, to be started until 1h30m, begun at 1h1m, carried out at 1h2m, valid until 24h.
 */
final class Given {
  static final Duration POLL = Duration.ofSeconds(30);
  static final Duration SNOOZE = Duration.ofHours(12);
  static final Duration VERIFY = Duration.ofMinutes(20);
  static final Seen.Pace PACE = new Seen.Pace(POLL, SNOOZE, VERIFY);

  static final Map<String, Pull> PULLS = new LinkedHashMap<>();
  static final Map<String, Health> HEALTHS = new LinkedHashMap<>();
  static final Map<String, Gate> GATES = new LinkedHashMap<>();
  static final Map<String, Progress> PROGRESSES = new LinkedHashMap<>();
  static final Map<String, Receipt> RECEIPTS = new LinkedHashMap<>();
  static final Map<String, Sync> SYNCS = new LinkedHashMap<>();
  static final Map<String, RemediationStatus> LEDGERS = new LinkedHashMap<>();

  private static final LedgerEntry WORKER = Entries.worker(RemediationStatus.empty());

  static {
    PULLS.put("pull-not-looked", new Pull.NotLooked());
    PULLS.put("absent", new Pull.Absent());
    PULLS.put("open", new Pull.Open(7, "http://gitea/7", "c0ffee", false));
    PULLS.put("held", new Pull.Open(7, "http://gitea/7", "c0ffee", true));
    PULLS.put("renumbered", new Pull.Open(8, "http://gitea/8", "c0ffee", false));
    PULLS.put("merged", merged("1h", new Review.Confirmed(at("24h"))));
    PULLS.put("merged-in-the-last-second", merged("24h", new Review.Confirmed(at("24h"))));
    PULLS.put("merged-a-second-late", merged("24h1s", new Review.Confirmed(at("24h"))));
    PULLS.put("merged-past-a-shorter-time", merged("1h", new Review.Confirmed(at("50m"))));
    PULLS.put("merged-with-a-shorter-time", merged("1h", new Review.Confirmed(at("1h40m"))));
    PULLS.put("merged-none", merged("1h", new Review.NothingToDo()));
    PULLS.put("merged-edited", merged("1h", new Review.Edited("spec.target.name", "m1", "m2")));
    Review confirmed = new Review.Confirmed(at("24h"));
    PULLS.put("merged-and-held", merged("1h", confirmed, Pull.Standing.HELD));
    PULLS.put("merged-and-reverted", merged("1h", confirmed, Pull.Standing.REVERTED));
    PULLS.put(
        "merged-again",
        new Pull.Merged("alice", at("1h"), "another", confirmed, Pull.Standing.STANDS));
    PULLS.put("closed", new Pull.Closed("alice"));
    PULLS.put("closed-by-nobody-known", new Pull.Closed(""));
    PULLS.put("closed-by-us", new Pull.Withdrawn(Phase.Healed));
    PULLS.put("git-down", new Pull.Unreadable("connection refused"));

    HEALTHS.put("failing", new Health.Failing());
    HEALTHS.put("healthy", new Health.Healthy());
    HEALTHS.put("gone", new Health.Gone());
    HEALTHS.put("unseen", new Health.Unseen("the cluster does not answer"));
    HEALTHS.put("wrong-cluster", new Health.WrongCluster("another kube-system"));

    GATES.put("free", new Gate.Free());
    GATES.put("slot", new Gate.Blocked("MaxInFlight", "one runs", at("23h59m"), true));
    GATES.put("breaker", new Gate.Blocked("BreakerOpen", "3 of 6", at("1h20m"), false));

    PROGRESSES.put("not-started", new Progress.NotStarted());
    PROGRESSES.put("happened", new Progress.Happened());
    PROGRESSES.put("partly", new Progress.Partly("3 pods are still there"));
    PROGRESSES.put("asked", new Progress.Asked("CannotBeRemediated: quorum"));
    PROGRESSES.put("stopped", new Progress.Stopped("a person has uncordoned the Node"));
    PROGRESSES.put("act-unreadable", new Progress.Unreadable("the server does not answer"));

    RECEIPTS.put("no-receipt", new Receipt.None());
    RECEIPTS.put("our-receipt", new Receipt.Ours());
    RECEIPTS.put("taken", new Receipt.Taken("mallory"));
    RECEIPTS.put("receipt-unreadable", new Receipt.Unreadable("connection refused"));

    SYNCS.put("no-engine", new Sync.NoEngine());
    SYNCS.put("synced", new Sync.Applied("RootSync"));
    SYNCS.put("unsynced", new Sync.Pending("RootSync", "is at 1f2e"));
    SYNCS.put("sync-fails", new Sync.Failing("RootSync", "KNV1021: no such kind"));
    SYNCS.put("sync-unreadable", new Sync.Unreadable("the cluster does not answer"));

    RemediationStatus fresh = RemediationStatus.empty();
    RemediationStatus prepared = fresh.withProposal(proposal(null, ""));
    RemediationStatus proposed =
        fresh.with(Phase.Proposed, "", "").withProposal(proposal(7L, "http://gitea/7"));
    RemediationStatus approved =
        proposed
            .with(Phase.Approved, "", "")
            .withApproval(new Approval("alice", at("1h"), "merge", at("1h30m")));
    RemediationStatus executing =
        approved
            .with(Phase.Executing, "", "")
            .withExecution(new Execution(at("1h1m"), null, null, true));
    RemediationStatus verifying =
        executing
            .with(Phase.Verifying, "", "")
            .withExecution(new Execution(at("1h1m"), at("1h2m"), Outcome.Done, true));
    LEDGERS.put("Detected", fresh);
    LEDGERS.put("Detected-prepared", prepared);
    LEDGERS.put("Proposed", proposed);
    LEDGERS.put("Proposed-without-proposal", fresh.with(Phase.Proposed, "", ""));
    LEDGERS.put("Approved", approved);
    LEDGERS.put("Approved-without-approval", approved.withApproval(null));
    LEDGERS.put("Executing", executing);
    LEDGERS.put("Executing-without-approval", executing.withApproval(null));
    LEDGERS.put("Executing-without-execution", executing.withExecution(null));
    RemediationStatus syncing =
        approved
            .with(Phase.WaitingForSync, "", "")
            .withExecution(new Execution(at("1h"), null, null, false));
    LEDGERS.put("WaitingForSync", syncing);
    LEDGERS.put("WaitingForSync-without-execution", syncing.withExecution(null));
    LEDGERS.put("Verifying", verifying);
    LEDGERS.put("Verifying-without-execution", verifying.withExecution(null));
    LEDGERS.put(
        "Rejected",
        proposed.with(Phase.Rejected, "Closed", "").withSnoozedUntil(at("1h").plus(SNOOZE)));
    LEDGERS.put(
        "Rejected-reverted",
        proposed.with(Phase.Rejected, "Reverted", "").withSnoozedUntil(at("1h").plus(SNOOZE)));
    LEDGERS.put(
        "Rejected-none",
        proposed.with(Phase.Rejected, "ActionNone", "").withSnoozedUntil(at("1h").plus(SNOOZE)));
    for (Phase end :
        List.of(
            Phase.Succeeded,
            Phase.Failed,
            Phase.Unknown,
            Phase.Healed,
            Phase.Superseded,
            Phase.Expired,
            Phase.Refused)) {
      LEDGERS.put(end.name(), verifying.with(end, "", ""));
    }
  }

  private Given() {}

  static Instant at(String offset) {
    return NOW.plus(Duration.parse("PT" + offset));
  }

  /** A ledger by its name, then what else stands in it, like {@code healthy=1h blocked=1h5m}. */
  static LedgerEntry ledger(String words) {
    String[] word = words.split(" ", -1);
    RemediationStatus status = known(LEDGERS, word[0]);
    for (int i = 1; i < word.length; i++) {
      status = with(status, word[i]);
    }
    return entry(status);
  }

  static LedgerEntry entry(RemediationStatus status) {
    return new LedgerEntry(WORKER.name(), WORKER.spec(), status);
  }

  /** Failing, free, not started, without receipt and not looked for, unless words say otherwise. */
  static Seen seen(String words) {
    List<String> said = List.of(words.split(" ", -1));
    return new Seen(
        said(said, PULLS, "pull-not-looked"),
        said(said, HEALTHS, "failing"),
        said(said, GATES, "free"),
        said(said, PROGRESSES, "not-started"),
        said(said, RECEIPTS, "no-receipt"),
        said(said, SYNCS, "no-engine"),
        said.contains("policy-gone"),
        PACE);
  }

  private static RemediationStatus with(RemediationStatus status, String word) {
    String[] pair = word.split("=", 2);
    Instant time = at(pair[1]);
    return switch (pair[0]) {
      case "healthy" -> status.withHealthySince(time);
      case "start-until" -> status.withApproval(new Approval("alice", at("1h"), "merge", time));
      case "GitUnreachable" -> blocked(status, pair[0], "connection refused", time);
      case "NotSynced" -> blocked(status, pair[0], "RootSync is at 1f2e", time);
      case "BreakerOpen" -> blocked(status, pair[0], "3 of 6", time);
      case "MaxInFlight" -> blocked(status, pair[0], "one runs", time);
      case "Held" ->
          blocked(status, pair[0], "the pull request carries the label recovery/hold", time);
      case "TargetUnseen" -> blocked(status, pair[0], "the cluster does not answer", time);
      default -> throw new IllegalArgumentException(word);
    };
  }

  private static RemediationStatus blocked(
      RemediationStatus status, String reason, String message, Instant retryAt) {
    return new Moves(status, NOW).blocked(reason, message, retryAt).orElseThrow();
  }

  private static <T> T said(List<String> words, Map<String, T> among, String otherwise) {
    return known(among, words.stream().filter(among::containsKey).findFirst().orElse(otherwise));
  }

  private static <T> T known(Map<String, T> among, String word) {
    T value = among.get(word);
    if (value == null) {
      throw new IllegalArgumentException(word);
    }
    return value;
  }

  private static Pull merged(String offset, Review review) {
    return merged(offset, review, Pull.Standing.STANDS);
  }

  private static Pull merged(String offset, Review review, Pull.Standing standing) {
    return new Pull.Merged("alice", at(offset), "merge", review, standing);
  }

  private static Proposal proposal(Long number, String url) {
    return new Proposal("nephio/mgmt", "main", "recovery/c/machine-m1", "commit", number, url);
  }
}
