package io.nephio.recovery.lifecycle;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationStatus.Approval;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.plan.Home;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.Reconsideration;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What keeps an approved act from beginning, or would if it were approved now: a person's word
 * first, then the breaker, then the rules by which it was proposed, then others of ours. Those that
 * wait for others begin in the order in which they were merged.
 */
public final class Gates {
  /** Blocked by others of ours; what is blocked for another reason holds nobody up. */
  static final String WAITS = "WaitsForOthers";

  private final Cluster cluster;
  private final ClusterPolicySpec policy;
  private final Reconsideration anew;
  private final Instant retry;

  /** Of a cluster as it is at this instant; what is kept is asked again after a poll. */
  public Gates(Cluster cluster, ClusterPolicySpec policy, Home home, Duration poll, Instant at) {
    this.cluster = cluster;
    this.policy = policy;
    this.anew = new Reconsideration(cluster, policy, home, at);
    this.retry = at.plus(poll);
  }

  public Gate gate(LedgerEntry entry, Ledger ledger) {
    return word(entry)
        .or(() -> breaker(entry))
        .or(() -> rules(entry))
        .or(() -> others(entry, ledger))
        .orElseGet(() -> new Gate.Free(anew.why(entry.spec()).orElse("")));
  }

  private Optional<Gate> word(LedgerEntry entry) {
    if (policy.suspend()) {
      return blocked("Suspended", "the policy is suspended");
    }
    Optional<String> reported = anew.onlyReported(entry.spec());
    if (reported.isPresent()) {
      return blocked("ObserveOnly", reported.get());
    }
    if (cluster.paused() || cluster.deleting()) {
      String what = cluster.paused() ? "paused" : "being deleted";
      return blocked("ClusterPaused", "Cluster " + cluster.ref() + " is " + what);
    }
    return machine(entry).stream()
        .flatMap(
            m ->
                Stream.of(Machine.PAUSED, Machine.SKIP_REMEDIATION)
                    .filter(m.annotations()::containsKey)
                    .map(a -> m.ref() + " is annotated " + a))
        .findFirst()
        .flatMap(text -> blocked("RemediationSkipped", text));
  }

  private Optional<Gate> breaker(LedgerEntry entry) {
    return anew.tooMany(machine(entry)).flatMap(text -> blocked("BreakerOpen", text));
  }

  private Optional<Machine> machine(LedgerEntry entry) {
    return Optional.ofNullable(entry.spec().machine())
        .flatMap(named -> cluster.machine(named.uid()));
  }

  /** The rules by which it was proposed are asked again, until it has begun. */
  private Optional<Gate> rules(LedgerEntry entry) {
    return switch (entry.status().phase()) {
      case Proposed, Approved ->
          anew.objection(entry.spec()).flatMap(why -> blocked("NoLongerAllowed", why));
      default -> Optional.empty();
    };
  }

  private Optional<Gate> others(LedgerEntry entry, Ledger ledger) {
    List<String> before =
        Stream.concat(ledger.inFlight(cluster.ref()).stream(), mergedEarlier(entry, ledger))
            .map(LedgerEntry::name)
            .filter(name -> !name.equals(entry.name()))
            .toList();
    Optional<Gate> sibling = sibling(entry, ledger);
    if (sibling.isPresent() || before.size() < policy.maxInFlight()) {
      return sibling;
    }
    String text = "policy allows " + policy.maxInFlight() + " at a time in a cluster; before it: ";
    return Optional.of(new Gate.Blocked(WAITS, text + String.join(", ", before), retry, true));
  }

  /** Of one owner never two at a time, whatever the policy allows in a cluster. */
  private Optional<Gate> sibling(LedgerEntry entry, Ledger ledger) {
    return ledger.inFlight(cluster.ref()).stream()
        .filter(e -> !e.name().equals(entry.name()))
        .filter(e -> e.spec().owner() != null && e.spec().owner().equals(entry.spec().owner()))
        .findFirst()
        .map(
            e ->
                new Gate.Blocked(
                    WAITS, "one at a time of the same owner; before it: " + e.name(), retry, true));
  }

  /** Of one that is not merged yet, all that are. */
  private Stream<LedgerEntry> mergedEarlier(LedgerEntry entry, Ledger ledger) {
    Comparator<LedgerEntry> order =
        Comparator.comparing(Gates::mergedAt).thenComparing(LedgerEntry::name);
    return ledger.entries().stream()
        .filter(e -> e.status().phase() == Phase.Approved && e.status().approval() != null)
        .filter(e -> e.spec().cluster().name().equals(cluster.ref().name()))
        .filter(e -> e.spec().cluster().namespace().equals(cluster.ref().namespace()))
        .filter(e -> order.compare(e, entry) < 0)
        .filter(e -> !heldUp(e));
  }

  private static Instant mergedAt(LedgerEntry entry) {
    Approval approval = entry.status().approval();
    return approval == null ? Instant.MAX : approval.mergedAt();
  }

  private static boolean heldUp(LedgerEntry entry) {
    return new Moves(entry.status(), Instant.EPOCH)
        .blocking()
        .filter(c -> !c.getReason().equals(WAITS))
        .isPresent();
  }

  private Optional<Gate> blocked(String reason, String message) {
    return Optional.of(new Gate.Blocked(reason, message, retry, false));
  }
}
