package io.nephio.recovery.plan;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.judge.Scene;
import java.util.List;
import java.util.Optional;

/**
 * What is found to fail but never touched: namespaces that hold what would have to repair
 * everything else, and the ground under the operator itself.
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

  private final Home home;

  Protection(Home home) {
    this.home = home;
  }

  @Override
  public Optional<Objection> object(Scene scene, Incident incident, Act act) {
    String namespace = act.target().namespace();
    boolean touches = act.action() == Action.DeletePod || act.action() == Action.RestartRollout;
    if (touches && namespace != null && covers(scene, namespace)) {
      return Objection.never("namespace " + namespace + " is protected: a person must look");
    }
    return home.standsOn(scene.cluster(), act)
        .flatMap(
            n ->
                Objection.never(
                    "this operator itself runs on Node " + n + ": move it elsewhere first"));
  }

  private boolean covers(Scene scene, String namespace) {
    return !scene.policy().allowedNamespaces().contains(namespace)
        && (home.holds(scene.cluster(), namespace)
            || NAMESPACES.stream().anyMatch(n -> Approvals.glob(n, namespace)));
  }
}
