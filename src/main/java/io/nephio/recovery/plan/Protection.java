package io.nephio.recovery.plan;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.judge.Scene;
import java.util.List;
import java.util.Optional;

/**
 * Namespaces whose pods and workloads are found to fail but never touched: they hold what would
 * have to repair everything else.
 */
final class Protection implements Rule {
  private static final List<String> NAMESPACES =
      List.of(
          "kube-system",
          "config-management-system",
          "flux-system",
          "argocd",
          "porch-*",
          "capi-*",
          "gitea");

  @Override
  public Optional<Objection> object(Scene scene, Incident incident, Act act) {
    String namespace = act.target().namespace();
    boolean touches = act.action() == Action.DeletePod || act.action() == Action.RestartRollout;
    return touches && namespace != null && covers(scene.policy(), namespace)
        ? Objection.never("namespace " + namespace + " is protected: a person must look")
        : Optional.empty();
  }

  private static boolean covers(ClusterPolicySpec policy, String namespace) {
    return !policy.allowedNamespaces().contains(namespace)
        && NAMESPACES.stream().anyMatch(n -> Approvals.glob(n, namespace));
  }
}
