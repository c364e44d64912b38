package io.nephio.recovery.plan;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All remediations the management cluster remembers.
 *
 * <p>A fingerprint is one failing object, so attempts and the open remediation go by it. A lineage
 * is everything of one owner, so what tells that repeating does not help goes by lineage.
 */
public record Ledger(List<LedgerEntry> entries) {
  public Ledger {
    entries = List.copyOf(entries);
  }

  public static Ledger empty() {
    return new Ledger(List.of());
  }

  Optional<LedgerEntry> open(String fingerprint) {
    return of(fingerprint).filter(e -> !e.status().phase().terminal()).findFirst();
  }

  /** The ordinal of the next proposal for this fingerprint, from 1. */
  int nextAttempt(String fingerprint) {
    return 1 + of(fingerprint).mapToInt(e -> e.spec().attempt()).max().orElse(0);
  }

  long expired(String fingerprint) {
    return of(fingerprint).filter(e -> e.status().phase() == Phase.Expired).count();
  }

  /** The rejection of this lineage that still holds, if any. */
  Optional<LedgerEntry> snoozing(String lineage, Instant at) {
    return lineage(lineage)
        .filter(e -> e.status().phase() == Phase.Rejected)
        .filter(e -> snoozedUntil(e).isAfter(at))
        .max(Comparator.comparing(Ledger::snoozedUntil));
  }

  static Instant snoozedUntil(LedgerEntry entry) {
    Instant until = entry.status().snoozedUntil();
    return until == null ? Instant.EPOCH : until;
  }

  /** Executions of this lineage that began within the window before {@code at}. */
  long executions(String lineage, Duration window, Instant at) {
    return lineage(lineage)
        .flatMap(e -> Stream.ofNullable(e.status().execution()))
        .filter(e -> e.startedAt() != null && e.startedAt().isAfter(at.minus(window)))
        .count();
  }

  /** Open pull requests, or such as are about to be opened, in this repository. */
  public long openProposals(String repository) {
    return entries.stream()
        .filter(e -> e.status().phase() == Phase.Detected || e.status().phase() == Phase.Proposed)
        .filter(
            e ->
                e.status().proposal() == null
                    || repository.equals(e.status().proposal().repository()))
        .count();
  }

  /** Remediations of this cluster that are being carried out, in a fixed order. */
  public List<LedgerEntry> inFlight(ClusterRef cluster) {
    return entries.stream()
        .filter(e -> e.status().phase().inFlight() && cluster(e.spec()).equals(cluster))
        .sorted(Comparator.comparing(LedgerEntry::name))
        .toList();
  }

  static ClusterRef cluster(RemediationSpec spec) {
    return new ClusterRef(spec.cluster().namespace(), spec.cluster().name());
  }

  static ObjectRef target(RemediationSpec spec) {
    RemediationSpec.Target target = spec.target();
    return new ObjectRef(
        target.apiVersion(), target.kind(), target.namespace(), target.name(), target.uid());
  }

  private Stream<LedgerEntry> of(String fingerprint) {
    return entries.stream().filter(e -> e.spec().fingerprint().equals(fingerprint));
  }

  private Stream<LedgerEntry> lineage(String lineage) {
    return entries.stream().filter(e -> e.spec().lineage().equals(lineage));
  }
}
