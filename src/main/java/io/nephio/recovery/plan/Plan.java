package io.nephio.recovery.plan;

import io.nephio.recovery.judge.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything one pass concludes, in a fixed order.
 *
 * @param next when to look again, and for what
 * @param memory what the next pass is to be given
 */
public record Plan(
    Instant at,
    List<ClusterState> clusters,
    List<Verdict> findings,
    List<Decision> decisions,
    Next next,
    Memory memory) {

  public record Next(Duration in, String reason) {}

  public List<Decision.Propose> proposals() {
    return proposals(decisions);
  }

  static List<Decision.Propose> proposals(List<Decision> decisions) {
    return decisions.stream()
        .flatMap(d -> d instanceof Decision.Propose p ? Stream.of(p) : Stream.empty())
        .toList();
  }
}
