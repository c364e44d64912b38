package io.nephio.recovery.plan;

import static java.util.stream.Collectors.groupingBy;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All remediations the management cluster remembers.
 *
 * <p>A fingerprint is one failing object, so attempts and the open remediation go by it. A lineage
 * is everything of one owner, so what tells that repeating does not help goes by lineage.
 */
public final class Ledger {
  private final List<LedgerEntry> entries;
  private final Map<String, List<LedgerEntry>> byFingerprint;
  private final Map<String, List<LedgerEntry>> byLineage;

  public Ledger(List<LedgerEntry> entries) {
    this.entries = List.copyOf(entries);
    this.byFingerprint = entries.stream().collect(groupingBy(e -> e.spec().fingerprint()));
    this.byLineage = entries.stream().collect(groupingBy(e -> e.spec().lineage()));
  }

  public static Ledger empty() {
    return new Ledger(List.of());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Ledger ledger && entries.equals(ledger.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  public List<LedgerEntry> entries() {
    return entries;
  }

  Optional<LedgerEntry> open(String fingerprint) {
    return of(fingerprint).stream().filter(e -> e.status().phase().open()).findFirst();
  }

  /** The ordinal of the next proposal for this fingerprint, from 1. */
  int nextAttempt(String fingerprint) {
    return 1 + of(fingerprint).stream().mapToInt(e -> e.spec().attempt()).max().orElse(0);
  }

  long expired(String fingerprint) {
    return of(fingerprint).stream().filter(e -> e.status().phase() == Phase.Expired).count();
  }

  /** The rejection of this lineage that still holds, if any. */
  Optional<LedgerEntry> snoozing(String lineage, Instant at) {
    return lineage(lineage).stream()
        .filter(e -> e.status().phase() == Phase.Rejected)
        .filter(e -> snoozedUntil(e).isAfter(at))
        .max(Comparator.comparing(Ledger::snoozedUntil));
  }

  static Instant snoozedUntil(LedgerEntry entry) {
    Instant until = entry.status().snoozedUntil();
    return until == null ? Instant.EPOCH : until;
  }

  /** Acts of this lineage that began within the window before {@code at}, the last one last. */
  List<LedgerEntry> executions(String lineage, Duration window, Instant at) {
    return lineage(lineage).stream()
        .filter(e -> acted(e) && began(e).isAfter(at.minus(window)))
        .sorted(Comparator.comparing(Ledger::began).thenComparing(LedgerEntry::name))
        .toList();
  }

  /** What of this lineage may still come to an act. */
  List<LedgerEntry> waiting(String lineage) {
    return lineage(lineage).stream()
        .filter(e -> e.status().phase().open() && !acted(e) && e.spec().action() != Action.None)
        .toList();
  }

  /** The last act on this very thing that is over. */
  Optional<LedgerEntry> last(String fingerprint) {
    return of(fingerprint).stream()
        .filter(e -> e.status().phase().terminal() && acted(e))
        .max(Comparator.comparing(Ledger::began).thenComparing(LedgerEntry::name));
  }

  /** Whether anything was done: what was refused or given up before the act counts for nothing. */
  private static boolean acted(LedgerEntry entry) {
    RemediationStatus.Execution execution = entry.status().execution();
    boolean before =
        switch (entry.status().phase()) {
          case Rejected, Healed, Superseded, Expired, Refused -> true;
          default -> false;
        };
    return !before
        && execution != null
        && execution.outcome() != RemediationStatus.Outcome.RejectedSafe
        && execution.outcome() != RemediationStatus.Outcome.Refused;
  }

  private static Instant began(LedgerEntry entry) {
    RemediationStatus.Execution execution = entry.status().execution();
    return execution == null ? Instant.EPOCH : execution.startedAt();
  }

  /** Until when it was believed to help. */
  static Instant ended(LedgerEntry entry) {
    RemediationStatus.Execution execution = entry.status().execution();
    Instant finished = execution == null ? null : execution.finishedAt();
    Instant acted = finished == null ? began(entry) : finished;
    return entry.status().history().stream()
        .filter(t -> t.phase().terminal() && t.at().isAfter(acted))
        .map(RemediationStatus.Transition::at)
        .max(Comparator.naturalOrder())
        .orElse(acted);
  }

  /** What is open on the same object, whatever it was proposed for and by which policy. */
  Optional<LedgerEntry> openOn(ClusterRef cluster, Act act) {
    Set<String> touched = new TreeSet<>(Set.of(key(act.target())));
    act.machine().ifPresent(m -> touched.addAll(keys(m)));
    return entries.stream()
        .filter(e -> e.status().phase().open() && e.spec().action() != Action.None)
        .filter(e -> cluster(e.spec()).equals(cluster))
        .filter(e -> touches(e, touched))
        .min(Comparator.comparing(LedgerEntry::name));
  }

  private static boolean touches(LedgerEntry entry, Set<String> keys) {
    RemediationSpec.MachineRef machine = entry.spec().machine();
    return keys.contains(key(target(entry.spec())))
        || (machine != null
            && keys.contains("Machine/" + machine.namespace() + "/" + machine.name()));
  }

  private static Set<String> keys(Machine machine) {
    Set<String> keys = new TreeSet<>(Set.of(key(machine.ref())));
    machine.node().ifPresent(n -> keys.add("Node/null/" + n));
    return keys;
  }

  private static String key(ObjectRef ref) {
    return ref.kind() + "/" + ref.namespace() + "/" + ref.name();
  }

  /**
   * Open pull requests, or such as are about to be opened, in this repository.
   *
   * @param unsent where that goes which no repository has yet; empty if nobody knows
   */
  public long openProposals(String repository, Function<LedgerEntry, Optional<String>> unsent) {
    return entries.stream()
        .filter(e -> e.status().phase() == Phase.Detected || e.status().phase() == Phase.Proposed)
        .filter(
            e ->
                e.status().proposal() == null
                    ? unsent.apply(e).map(repository::equals).orElse(true)
                    : repository.equals(e.status().proposal().repository()))
        .count();
  }

  /** Remediations of this cluster that are being carried out, in a fixed order. */
  public List<LedgerEntry> inFlight(ClusterRef cluster) {
    return entries.stream()
        .filter(e -> e.status().phase().inFlight() && cluster(e.spec()).equals(cluster))
        .sorted(Comparator.comparing(LedgerEntry::name))
        .toList();
  }

  /** Of these clusters, what was approved and is not over. */
  Optional<LedgerEntry> underWay(Set<ClusterRef> clusters) {
    return entries.stream()
        .filter(e -> e.status().phase() == Phase.Approved || e.status().phase().inFlight())
        .filter(e -> clusters.contains(cluster(e.spec())))
        .min(Comparator.comparing(LedgerEntry::name));
  }

  /** The cluster that something fails in. */
  public static ClusterRef cluster(RemediationSpec spec) {
    return new ClusterRef(spec.cluster().namespace(), spec.cluster().name());
  }

  static ObjectRef target(RemediationSpec spec) {
    RemediationSpec.Target target = spec.target();
    return new ObjectRef(
        target.apiVersion(), target.kind(), target.namespace(), target.name(), target.uid());
  }

  private List<LedgerEntry> of(String fingerprint) {
    return byFingerprint.getOrDefault(fingerprint, List.of());
  }

  private List<LedgerEntry> lineage(String lineage) {
    return byLineage.getOrDefault(lineage, List.of());
  }
}
