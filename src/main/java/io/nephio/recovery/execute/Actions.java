package io.nephio.recovery.execute;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.clusters.Connections;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Owner;
import io.nephio.recovery.plan.Act;
import io.nephio.recovery.plan.LedgerEntry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** The acts by the names that records give them. */
public final class Actions {
  private static final String CONTROL_PLANE = "KubeadmControlPlane";

  private final Action replaceMachine;
  private final Action replaceMember;
  private final Action drainNode;
  private final Action deletePod;
  private final Action restartRollout;
  private final Action reapplyCrd;

  /** Without a repository to read merged manifests from. */
  public Actions(Connections connections, InstantSource clock) {
    this(connections, clock, entry -> Optional.empty());
  }

  /**
   * All of them.
   *
   * @param manifests what the package of an entry holds at its merge commit; empty while it cannot
   *     be read
   */
  public Actions(
      Connections connections,
      InstantSource clock,
      Function<LedgerEntry, Optional<String>> manifests) {
    Sites sites = new Sites(connections, clock);
    replaceMachine = new ReplaceMachine(connections.management(), sites);
    replaceMember = new ReplaceMember(connections.management());
    drainNode = new DrainNode(sites);
    deletePod = new DeletePod(sites);
    restartRollout = new RestartRollout(sites);
    reapplyCrd = new ReapplyCrd(sites, manifests);
  }

  /** Whether this version carries it out; in the management cluster it only puts CRDs back. */
  public static boolean carriesOut(Act act, Cluster cluster) {
    return switch (act.action()) {
      case ReplaceMachine, ReplaceNode -> act.machine().filter(Actions::isReplaced).isPresent();
      case DrainNode, DeletePod, RestartRollout -> !cluster.isManagement();
      case ReapplyCrd -> true;
      case None -> false;
    };
  }

  /** Of control planes only this kind has a remediation of its own that keeps the quorum. */
  private static boolean isReplaced(Machine machine) {
    return !machine.controlPlane()
        || machine.owner().map(Owner::kind).filter(CONTROL_PLANE::equals).isPresent();
  }

  /** Empty for nothing. */
  public Optional<Action> of(RemediationSpec spec) {
    return switch (spec.action()) {
      case ReplaceMachine, ReplaceNode ->
          Optional.of(isMember(spec) ? replaceMember : replaceMachine);
      case DrainNode -> Optional.of(drainNode);
      case DeletePod -> Optional.of(deletePod);
      case RestartRollout -> Optional.of(restartRollout);
      case ReapplyCrd -> Optional.of(reapplyCrd);
      case None -> Optional.empty();
    };
  }

  /** Whether its target is a member of a control plane. */
  public static boolean isMember(RemediationSpec spec) {
    return spec.owner() != null && CONTROL_PLANE.equals(spec.owner().kind());
  }
}
