package io.nephio.recovery.facts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A MachineHealthCheck.
 *
 * @param startup after which a Machine without a Node counts; empty when it never does
 * @param allowed whether it may act now; empty when it does not tell
 */
public record HealthCheck(
    ObjectRef ref,
    String cluster,
    Selector selector,
    Optional<Duration> startup,
    List<Check> checks,
    Optional<Condition> allowed) {
  public HealthCheck {
    checks = List.copyOf(checks);
  }

  /**
   * A condition that makes a Machine unhealthy.
   *
   * @param node whether it is one of the Node, else of the Machine
   */
  public record Check(boolean node, String type, String status, Duration timeout) {}
}
