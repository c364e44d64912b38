package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Machine;
import java.util.Optional;

/**
 * Where the operator itself runs. It must not repair the ground it stands on: nothing would be left
 * to see that through.
 *
 * @param cluster the kube-system uid of the management cluster; empty when not known
 * @param namespace of the operator's pod; empty when it does not run in a cluster
 * @param node of the operator's pod; empty when not known
 */
public record Home(String cluster, String namespace, String node) {

  /** Of a plan that is made from files. */
  public static final Home NOWHERE = new Home("", "", "");

  /** Whether the operator's pod is in this namespace of this cluster. */
  boolean holds(Cluster here, String other) {
    return !namespace.isEmpty() && namespace.equals(other) && is(here);
  }

  /** The Node it runs on, where the act would take that away. */
  Optional<String> standsOn(Cluster here, Act act) {
    String touched =
        act.target().kind().equals("Node")
            ? act.target().name()
            : act.machine().flatMap(Machine::node).orElse("");
    boolean unknown = cluster.isEmpty() || here.kubeSystemUid().isEmpty();
    return Optional.of(node)
        .filter(n -> !n.isEmpty() && n.equals(touched))
        .filter(n -> is(here) || unknown);
  }

  /** The management cluster may be one of those that it manages. */
  private boolean is(Cluster here) {
    return here.isManagement() || (!cluster.isEmpty() && cluster.equals(here.kubeSystemUid()));
  }
}
