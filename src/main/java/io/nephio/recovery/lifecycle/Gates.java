package io.nephio.recovery.lifecycle;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.Planner;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What keeps an approved act from beginning: a person's word first, then the breaker, then others
 * of ours. Those that wait for others begin in the order in which they were merged.
 */
public final class Gates {
  /** Blocked by others of ours; what is blocked for another reason holds nobody up. */
  static final String WAITS = "WaitsForOthers";

  private Gates() {}

  public static Gate gate(
      LedgerEntry entry,
      Ledger ledger,
      Cluster cluster,
      ClusterPolicySpec policy,
      Duration poll,
      Instant at) {
    Instant retry = at.plus(poll);
    return word(entry, cluster, policy, retry)
        .or(() -> breaker(entry, cluster, policy, retry, at))
        .or(() -> rules(entry, cluster, policy, retry, at))
        .or(() -> others(entry, ledger, cluster, policy, retry))
        .orElseGet(Gate.Free::new);
  }

  private static Optional<Gate> word(
      LedgerEntry entry, Cluster cluster, ClusterPolicySpec policy, Instant retry) {
    if (policy.suspend()) {
      return blocked("Suspended", "the policy is suspended", retry);
    }
    if (cluster.paused() || cluster.deleting()) {
      String what = cluster.paused() ? "paused" : "being deleted";
      return blocked("ClusterPaused", "Cluster " + cluster.ref() + " is " + what, retry);
    }
    return machine(entry, cluster).stream()
        .flatMap(
            m ->
                Stream.of(Machine.PAUSED, Machine.SKIP_REMEDIATION)
                    .filter(m.annotations()::containsKey)
                    .map(a -> m.ref() + " is annotated " + a))
        .findFirst()
        .flatMap(text -> blocked("RemediationSkipped", text, retry));
  }

  private static Optional<Gate> breaker(
      LedgerEntry entry, Cluster cluster, ClusterPolicySpec policy, Instant retry, Instant at) {
    return Planner.tooMany(cluster, machine(entry, cluster), policy, at)
        .flatMap(text -> blocked("BreakerOpen", text, retry));
  }

  private static Optional<Machine> machine(LedgerEntry entry, Cluster cluster) {
    return Optional.ofNullable(entry.spec().machine())
        .flatMap(named -> cluster.machine(named.uid()));
  }

  /** The rules by which it was proposed are asked again, until it has begun. */
  private static Optional<Gate> rules(
      LedgerEntry entry, Cluster cluster, ClusterPolicySpec policy, Instant retry, Instant at) {
    return entry.status().phase() == Phase.Approved
        ? Planner.objection(entry.spec(), cluster, policy, at)
            .flatMap(why -> blocked("NoLongerAllowed", why, retry))
        : Optional.empty();
  }

  private static Optional<Gate> others(
      LedgerEntry entry, Ledger ledger, Cluster cluster, ClusterPolicySpec policy, Instant retry) {
    List<String> before =
        Stream.concat(
                ledger.inFlight(cluster.ref()).stream(), mergedEarlier(entry, ledger, cluster))
            .map(LedgerEntry::name)
            .filter(name -> !name.equals(entry.name()))
            .toList();
    Optional<Gate> sibling = sibling(entry, ledger, cluster, retry);
    if (sibling.isPresent() || before.size() < policy.maxInFlight()) {
      return sibling;
    }
    String text = "policy allows " + policy.maxInFlight() + " at a time in a cluster; before it: ";
    return Optional.of(new Gate.Blocked(WAITS, text + String.join(", ", before), retry, true));
  }

  /** Of one owner never two at a time, whatever the policy allows in a cluster. */
  private static Optional<Gate> sibling(
      LedgerEntry entry, Ledger ledger, Cluster cluster, Instant retry) {
    return ledger.inFlight(cluster.ref()).stream()
        .filter(e -> !e.name().equals(entry.name()))
        .filter(e -> e.spec().owner() != null && e.spec().owner().equals(entry.spec().owner()))
        .findFirst()
        .map(
            e ->
                new Gate.Blocked(
                    WAITS, "one at a time of the same owner; before it: " + e.name(), retry, true));
  }

  private static Stream<LedgerEntry> mergedEarlier(
      LedgerEntry entry, Ledger ledger, Cluster cluster) {
    Comparator<LedgerEntry> order =
        Comparator.comparing(
                (LedgerEntry e) ->
                    Objects.requireNonNull(e.status().approval(), "it is approved").mergedAt())
            .thenComparing(LedgerEntry::name);
    return ledger.entries().stream()
        .filter(e -> e.status().phase() == Phase.Approved && e.status().approval() != null)
        .filter(e -> e.spec().cluster().name().equals(cluster.ref().name()))
        .filter(e -> e.spec().cluster().namespace().equals(cluster.ref().namespace()))
        .filter(e -> order.compare(e, entry) < 0)
        .filter(e -> !heldUp(e));
  }

  private static boolean heldUp(LedgerEntry entry) {
    return new Moves(entry.status(), Instant.EPOCH)
        .blocking()
        .filter(c -> !c.getReason().equals(WAITS))
        .isPresent();
  }

  private static Optional<Gate> blocked(String reason, String message, Instant retry) {
    return Optional.of(new Gate.Blocked(reason, message, retry, false));
  }
}
