package io.nephio.recovery.lifecycle;

import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.plan.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which finished remediations the ledger may forget: those of more than 30 days ago, and of the
 * others the oldest beyond 1,000.
 *
 * <p>None of the last two days, for budgets and breakers count them; none that can still be
 * reopened or that holds a snooze. What is open is never forgotten.
 */
public final class Retention {
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration COUNTED = Duration.ofDays(2);
  private static final int MOST = 1000;

  private Retention() {}

  /** Their names. */
  public static Set<String> over(List<LedgerEntry> entries, Instant at) {
    List<LedgerEntry> finished =
        entries.stream()
            .filter(e -> e.status().phase().terminal() && !e.status().history().isEmpty())
            .sorted(Comparator.comparing(Retention::ended).reversed())
            .toList();
    Stream<LedgerEntry> old = finished.stream().filter(e -> !ended(e).plus(KEPT).isAfter(at));
    return Stream.concat(old, finished.stream().skip(MOST))
        .filter(e -> isForgettable(e, at))
        .map(LedgerEntry::name)
        .collect(Collectors.toSet());
  }

  private static boolean isForgettable(LedgerEntry entry, Instant at) {
    Instant snoozed = entry.status().snoozedUntil();
    return !ended(entry).plus(COUNTED).isAfter(at)
        && !entry.spec().expiresAt().isAfter(at)
        && (snoozed == null || !snoozed.isAfter(at));
  }

  private static Instant ended(LedgerEntry entry) {
    List<RemediationStatus.Transition> history = entry.status().history();
    return history.get(history.size() - 1).at();
  }
}
