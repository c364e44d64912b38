package io.nephio.recovery.judge;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one pass hands to the next, because no object keeps it. It may make a failure older, never
 * younger, so that one good minute does not heal what flaps.
 *
 * @param failing by finding: since when, and when it was last seen
 * @param storms by cluster, or by cluster and part of it: when its breaker was last open
 * @param crds by cluster and name: when a CRD was last seen
 */
public record Memory(
    Map<String, Span> failing, Map<String, Instant> storms, Map<String, Instant> crds) {
  private static final int MOST = 10_000;

  public static final Memory EMPTY = new Memory(Map.of(), Map.of(), Map.of());

  /** How long something must be well before its failure is forgotten. */
  static final Duration FORGOTTEN = Duration.ofMinutes(2);

  public Memory {
    failing = Map.copyOf(failing);
    storms = Map.copyOf(storms);
    crds = Map.copyOf(crds);
  }

  /** A failure as it was seen over several passes. */
  public record Span(Instant first, Instant last) {}

  /** The finding, as old as it is remembered to be. */
  Finding older(Finding finding, Instant at) {
    Span span = failing.get(key(finding));
    return span != null
            && !span.last().plus(FORGOTTEN).isBefore(at)
            && span.first().isBefore(finding.since())
        ? finding.began(span.first())
        : finding;
  }

  /** When this breaker was last open. */
  public Optional<Instant> storm(String breaker) {
    return Optional.ofNullable(storms.get(breaker));
  }

  Optional<Instant> crd(ClusterRef cluster, String name) {
    return Optional.ofNullable(crds.get(cluster + " " + name));
  }

  /**
   * What is to be remembered after this pass.
   *
   * @param open breakers that are open now
   */
  public Memory after(
      Collection<Cluster> clusters, List<Finding> findings, Set<String> open, Instant at) {
    Map<String, Span> next = new HashMap<>();
    failing.forEach(
        (key, span) -> {
          if (!span.last().plus(FORGOTTEN).isBefore(at)) {
            next.put(key, span);
          }
        });
    for (Finding finding : findings.subList(0, Math.min(MOST, findings.size()))) {
      next.merge(
          key(finding),
          new Span(finding.since(), at),
          (before, now) -> new Span(earlier(before.first(), now.first()), at));
    }
    Map<String, Instant> stormy = new HashMap<>(storms);
    stormy.values().removeIf(last -> last.plus(Duration.ofDays(1)).isBefore(at));
    open.forEach(breaker -> stormy.put(breaker, at));
    Map<String, Instant> present = new HashMap<>(crds);
    for (Cluster cluster : clusters) {
      cluster
          .contents()
          .crds()
          .items()
          .forEach(c -> present.put(cluster.ref() + " " + c.ref().name(), at));
    }
    return new Memory(next, stormy, present);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
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
