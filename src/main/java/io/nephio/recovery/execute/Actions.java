package io.nephio.recovery.execute;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.nephio.recovery.clusters.Connections;
import io.nephio.recovery.plan.Act;
import java.time.InstantSource;
import java.util.Optional;

/** The acts by the names that records give them. */
public final class Actions {
  private final ReplaceMachine replaceMachine;

  public Actions(KubernetesClient management, Connections connections, InstantSource clock) {
    replaceMachine = new ReplaceMachine(management, connections, clock);
  }

  /**
   * Whether this version carries it out. A control plane's Machine is not simply deleted: nothing
   * would keep its etcd from losing its majority.
   */
  public static boolean carriesOut(Act act) {
    return switch (act.action()) {
      case ReplaceMachine, ReplaceNode -> act.machine().filter(m -> !m.controlPlane()).isPresent();
      default -> false;
    };
  }

  /** Empty for what this version does not do. */
  public Optional<Action> of(io.nephio.recovery.api.Action action) {
    return switch (action) {
      case ReplaceMachine, ReplaceNode -> Optional.of(replaceMachine);
      default -> Optional.empty();
    };
  }
}
