package io.nephio.recovery.plan;

import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When to look again, and what for: section F of the recovery flow.
 *
 * <p>When the earliest threshold is crossed, or what was put off comes up; but after {@code
 * shortInterval} while something fails or is under way, and after {@code longInterval} in any case.
 * Changes call for a pass by themselves, but for a cluster that did not answer: whether it does
 * again, only asking tells.
 */
record Pace(Policy policy, Ledger ledger, Instant at) {

  private record Appointment(Instant due, String reason) {
    static Appointment of(Finding finding, Instant due) {
      String object = finding.cluster().name() + "/" + finding.object().name();
      return new Appointment(due, finding.reason() + " " + object);
    }
  }

  Plan.Next next(Set<ClusterRef> clusters, List<Finding> findings, Collection<Decision> decisions) {
    Plan.Next pace = pace(clusters, findings, decisions);
    return Stream.concat(
            findings.stream().map(f -> Appointment.of(f, f.due())),
            decisions.stream().flatMap(Pace::putOff))
        .filter(a -> a.due().isAfter(at))
        .min(Comparator.comparing(Appointment::due).thenComparing(Appointment::reason))
        .map(a -> new Plan.Next(Duration.between(at, a.due()), a.reason()))
        .filter(next -> next.in().compareTo(pace.in()) <= 0)
        .orElse(pace);
  }

  private static Stream<Appointment> putOff(Decision decision) {
    return decision instanceof Decision.Defer defer
        ? defer.retryAt().stream().map(t -> Appointment.of(decision.incident().root(), t))
        : Stream.empty();
  }

  private Plan.Next pace(
      Set<ClusterRef> clusters, List<Finding> findings, Collection<Decision> decisions) {
    Duration soon = policy.spec().shortInterval().duration();
    Optional<LedgerEntry> moving = ledger.underWay(clusters);
    if (moving.isPresent()) {
      LedgerEntry entry = moving.get();
      String target = entry.spec().cluster().name() + "/" + entry.spec().target().name();
      return new Plan.Next(soon, entry.status().phase() + " " + target);
    }
    boolean silent = findings.stream().anyMatch(f -> f.reason() == Reason.ClusterUnreachable);
    return decisions.isEmpty() && !silent
        ? new Plan.Next(policy.spec().longInterval().duration(), "longInterval")
        : new Plan.Next(soon, "shortInterval");
  }
}
