package io.nephio.recovery.plan;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.judge.Finding;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * How many Machines of a cluster are unhealthy, against the policy's {@code maxUnhealthy}.
 *
 * <p>A Machine that is being deleted counts, whoever deletes it: its capacity is missing. The limit
 * is rounded down but never below one, or a cluster of two could never be helped.
 */
public record Breaker(int unhealthy, int total, int limit) {

  static Breaker of(Cluster cluster, Collection<Finding> findings, ClusterPolicySpec policy) {
    Stream<String> failing =
        findings.stream()
            .filter(f -> !f.reason().gates())
            .map(f -> Incidents.identity(cluster, f))
            .filter(
                id ->
                    cluster.machines().stream()
                        .anyMatch(m -> Incidents.identity(m.ref()).equals(id)));
    Stream<String> deleting =
        cluster.machines().stream().filter(Machine::deleting).map(m -> Incidents.identity(m.ref()));
    int unhealthy = (int) Stream.concat(failing, deleting).distinct().count();
    int total = cluster.machines().size();
    return new Breaker(unhealthy, total, Math.max(1, scaled(policy.maxUnhealthy(), total)));
  }

  public boolean open() {
    return unhealthy > limit;
  }

  /** {@code 1 of 6 Machines unhealthy, limit 2}. */
  public String text() {
    return unhealthy + " of " + total + " Machines unhealthy, limit " + limit;
  }

  private static int scaled(IntOrString limit, int total) {
    Integer number = limit.getIntVal();
    if (number != null) {
      return number;
    }
    String percent = limit.getStrVal();
    return (int) (Long.parseLong(percent.substring(0, percent.length() - 1)) * total / 100);
  }
}
