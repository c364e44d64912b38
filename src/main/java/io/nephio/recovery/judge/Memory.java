package io.nephio.recovery.judge;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.Crd;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one pass hands to the next, because no object keeps it. It may make a failure older, never
 * younger, so that one good minute does not heal what flaps.
 *
 * <p>Between two passes nothing changed, or the watches would have called for one: what failed in
 * the last pass has failed until this one. That holds for as long as the last pass could vouch for,
 * so that an operator that was away for a day does not take yesterday's failure for today's.
 *
 * @param failing by finding: since when, and since when it is well again
 * @param storms by cluster, or by cluster and part of it: when its breaker was last open
 * @param crds by cluster and name: when a critical CRD was last seen
 */
public record Memory(
    Map<String, Span> failing, Map<String, Instant> storms, Map<String, Instant> crds, Pass pass) {
  private static final int MOST = 10_000;

  public static final Memory EMPTY = new Memory(Map.of(), Map.of(), Map.of(), Pass.NEVER);

  /** How long something must be well before its failure is forgotten. */
  static final Duration FORGOTTEN = Duration.ofMinutes(2);

  /** What no object needs any more: a storm's cooldown, and a cluster's CRDs. */
  private static final Duration BYGONE = Duration.ofDays(1);

  public Memory {
    failing = Map.copyOf(failing);
    storms = Map.copyOf(storms);
    crds = Map.copyOf(crds);
  }

  /**
   * A failure as it was seen over several passes.
   *
   * @param well when it was first seen no more; empty while it fails
   */
  public record Span(Instant first, Optional<Instant> well) {}

  /**
   * The pass that left this.
   *
   * @param next when the one after it is overdue
   */
  public record Pass(Instant at, Instant next) {
    public static final Pass NEVER = new Pass(Instant.EPOCH, Instant.EPOCH);
  }

  /** The finding, as old as it is remembered to be. */
  Finding older(Finding finding, Instant at) {
    Span span = failing.get(key(finding));
    return span != null
            && isFresh(span, at)
            && span.first().isBefore(finding.since())
            && !getsOn(finding, at)
        ? finding.began(span.first())
        : finding;
  }

  /**
   * A workload that is rolled over pod by pod lacks one all the time, and none of them for long: as
   * long as its objects tell since when, that is its age.
   */
  private static boolean getsOn(Finding finding, Instant at) {
    return finding.reason() == Reason.WorkloadStalled && finding.since().isBefore(at);
  }

  private boolean isFresh(Span span, Instant at) {
    return !span.well().map(since -> since.plus(FORGOTTEN)).orElse(pass.next()).isBefore(at);
  }

  /** When this breaker was last open. */
  public Optional<Instant> storm(String breaker) {
    return Optional.ofNullable(storms.get(breaker));
  }

  Optional<Instant> crd(ClusterRef cluster, String name) {
    return Optional.ofNullable(crds.get(crdKey(cluster, name)));
  }

  /**
   * What is to be remembered after this pass.
   *
   * @param open breakers that are open now
   */
  public Memory after(
      Collection<Cluster> clusters,
      List<Finding> findings,
      Set<String> open,
      ClusterPolicySpec policy,
      Instant at) {
    Map<String, Span> next = new HashMap<>();
    failing.forEach(
        (key, span) -> {
          if (isFresh(span, at)) {
            next.put(key, new Span(span.first(), span.well().or(() -> Optional.of(at))));
          }
        });
    for (Finding finding : findings.subList(0, Math.min(MOST, findings.size()))) {
      next.merge(
          key(finding),
          new Span(finding.since(), Optional.empty()),
          (before, now) ->
              getsOn(finding, at)
                  ? now
                  : new Span(earlier(before.first(), now.first()), Optional.empty()));
    }
    Map<String, Instant> stormy = new HashMap<>(storms);
    stormy.values().removeIf(last -> last.plus(BYGONE).isBefore(at));
    open.forEach(breaker -> stormy.put(breaker, at));
    Instant overdue = at.plus(policy.longInterval().duration()).plus(FORGOTTEN);
    return new Memory(next, stormy, present(clusters, policy, at), new Pass(at, overdue));
  }

  private Map<String, Instant> present(
      Collection<Cluster> clusters, ClusterPolicySpec policy, Instant at) {
    Set<String> critical = new HashSet<>(policy.criticalCRDs().management());
    critical.addAll(policy.criticalCRDs().workload());
    Set<String> known = new HashSet<>();
    Map<String, Instant> present = new HashMap<>(crds);
    for (Cluster cluster : clusters) {
      critical.forEach(name -> known.add(crdKey(cluster.ref(), name)));
      for (Crd crd : cluster.contents().crds().items()) {
        if (critical.contains(crd.ref().name())) {
          present.put(crdKey(cluster.ref(), crd.ref().name()), at);
        }
      }
    }
    present
        .entrySet()
        .removeIf(e -> !known.contains(e.getKey()) && e.getValue().plus(BYGONE).isBefore(at));
    return present;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static String crdKey(ClusterRef cluster, String name) {
    return cluster + " " + name;
  }

  private static String key(Finding finding) {
    return finding.cluster()
        + " "
        + finding.reason()
        + " "
        + finding.object()
        + " "
        + finding.object().uid();
  }
}
