package io.nephio.recovery.facts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Cluster API Machine, in either contract.
 *
 * @param deletionRequested empty unless it is being deleted and the object tells since when
 * @param controller whether a controller owns it, so that a deleted one is made anew
 * @param owner the top owner: MachineDeployment, MachineSet or control plane
 * @param node the Node it became, by name
 * @param failure the terminal failure its provider reported
 * @param failureDomain empty when it is in none
 * @param conditions those of its own contract before those it carries of the other
 */
public record Machine(
    ObjectRef ref,
    String cluster,
    Map<String, String> labels,
    Map<String, String> annotations,
    Instant created,
    boolean deleting,
    Optional<Instant> deletionRequested,
    boolean controlPlane,
    boolean controller,
    Optional<Owner> owner,
    String phase,
    Optional<String> node,
    Optional<Failure> failure,
    String failureDomain,
    List<Condition> conditions) {

  public static final String PAUSED = "cluster.x-k8s.io/paused";
  public static final String SKIP_REMEDIATION = "cluster.x-k8s.io/skip-remediation";

  public record Failure(String reason, String message) {}

  /** One that tells neither a failure domain nor since when it is being deleted. */
  public Machine(
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
    this(
        ref,
        cluster,
        labels,
        annotations,
        created,
        deleting,
        Optional.empty(),
        controlPlane,
        controller,
        owner,
        phase,
        node,
        failure,
        "",
        conditions);
  }

  public Optional<Condition> condition(String type) {
    return Condition.find(conditions, type);
  }

  /** Whether the condition is there and says this. */
  public boolean says(String type, Condition.Status status) {
    return condition(type).filter(c -> c.status() == status).isPresent();
  }
}
