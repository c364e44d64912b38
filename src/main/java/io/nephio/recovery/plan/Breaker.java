package io.nephio.recovery.plan;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.nephio.recovery.api.ClusterPolicySpec;

/**
 * How many Machines are unhealthy, of a cluster or of a part of it, against the limit there.
 *
 * <p>A Machine that is being deleted counts, whoever deletes it: its capacity is missing. The limit
 * is rounded down but never below one, or a cluster of two could never be helped.
 */
public record Breaker(int unhealthy, int total, int limit) {

  static Breaker of(int unhealthy, int total, ClusterPolicySpec policy) {
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
