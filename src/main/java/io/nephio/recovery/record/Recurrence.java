package io.nephio.recovery.record;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Execution;
import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.facts.Elapsed;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * That this is not the first time, and what came of the last: what a reviewer most wants to know.
 */
final class Recurrence {
  private static final Duration WINDOW = Duration.ofDays(30);
  private static final List<String> ORDINALS =
      List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth");

  private Recurrence() {}

  /**
   * Empty if it is the first time.
   *
   * @param repository that this is said in
   */
  static Optional<String> text(RemediationSpec spec, Ledger ledger, String repository) {
    List<LedgerEntry> before =
        before(spec, ledger)
            .filter(e -> e.spec().proposedAt().isAfter(spec.proposedAt().minus(WINDOW)))
            .toList();
    if (before.isEmpty()) {
      return Optional.empty();
    }
    int times = before.size() + 1;
    String ordinal = times <= ORDINALS.size() ? ORDINALS.get(times - 1) : times + "th";
    LedgerEntry last = before.get(before.size() - 1);
    return Optional.of(
        ordinal
            + " time in 30 days "
            + where(spec)
            + "; last: "
            + number(last, repository).map(number -> number + ", ").orElse("")
            + outcome(last));
  }

  /** All of its lineage, the last one last. */
  static Stream<LedgerEntry> before(RemediationSpec spec, Ledger ledger) {
    return ledger.entries().stream()
        .filter(e -> e.spec().lineage().equals(spec.lineage()))
        .filter(e -> e.spec().proposedAt().isBefore(spec.proposedAt()))
        .sorted(Comparator.comparing((LedgerEntry e) -> e.spec().proposedAt()));
  }

  private static String where(RemediationSpec spec) {
    if (spec.owner() == null) {
      return "here";
    }
    return spec.machine() == null ? "in this workload" : "in this pool";
  }

  /**
   * Its pull request as Gitea links it. A lineage may have some in the policy's repository and some
   * in that of a package.
   */
  static Optional<String> number(LedgerEntry entry, String repository) {
    Proposal proposal = entry.status().proposal();
    return proposal == null || proposal.pullRequest() == null
        ? Optional.empty()
        : Optional.of(
            (proposal.repository().equals(repository) ? "" : proposal.repository())
                + "#"
                + proposal.pullRequest());
  }

  private static String outcome(LedgerEntry entry) {
    RemediationStatus status = entry.status();
    return switch (status.phase()) {
      case Succeeded -> "healed in " + took(status);
      case Failed -> "did not help";
      case Rejected -> "rejected";
      case Healed -> "healed by itself";
      case Expired -> "expired";
      case Superseded -> "superseded (" + status.reason() + ")";
      case Refused -> "refused";
      case Unknown -> "outcome unknown";
      default -> "still under way";
    };
  }

  private static String took(RemediationStatus status) {
    Execution execution = status.execution();
    if (execution == null) {
      return "an unknown time";
    }
    Instant began = execution.startedAt();
    return status.history().stream()
        .filter(t -> t.phase() == Phase.Succeeded)
        .findFirst()
        .map(t -> Elapsed.text(Duration.between(began, t.at())))
        .orElse("an unknown time");
  }
}
