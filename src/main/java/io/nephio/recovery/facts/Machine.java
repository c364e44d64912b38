package io.nephio.recovery.facts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Cluster API Machine, in either contract.
 *
 * @param controller whether a controller owns it, so that a deleted one is made anew
 * @param owner the top owner: MachineDeployment, MachineSet or control plane
 * @param node the Node it became, by name
 * @param failure the terminal failure its provider reported
 */
public record Machine(
    ObjectRef ref,
    String cluster,
    Map<String, String> labels,
    Map<String, String> annotations,
    Instant created,
    boolean deleting,
    boolean controlPlane,
    boolean controller,
    Optional<Owner> owner,
    String phase,
    Optional<String> node,
    Optional<Failure> failure,
    List<Condition> conditions) {

  public static final String PAUSED = "cluster.x-k8s.io/paused";
  public static final String SKIP_REMEDIATION = "cluster.x-k8s.io/skip-remediation";

  public record Failure(String reason, String message) {}

  public Optional<Condition> condition(String type) {
    return Condition.find(conditions, type);
  }
}
