package io.nephio.recovery.plan;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.api.Mode;
import io.nephio.recovery.facts.Cluster;

/** Which way a remediation may go, by the policy's {@code approvals}: first match wins. */
final class Approvals {
  private Approvals() {}

  static Mode mode(ClusterPolicySpec policy, Cluster cluster, Act act) {
    return policy.approvals().stream()
        .filter(a -> matches(a, cluster, act))
        .map(ClusterPolicySpec.Approval::mode)
        .findFirst()
        .orElse(Mode.PullRequest);
  }

  private static boolean matches(ClusterPolicySpec.Approval rule, Cluster cluster, Act act) {
    boolean action = rule.actions().isEmpty() || rule.actions().contains(act.action());
    boolean machine =
        rule.machineSelector() == null
            || act.machine()
                .filter(m -> Selector.matches(rule.machineSelector(), m.labels()))
                .isPresent();
    // A rule for namespaces means pods and workloads; none of the actions here has any.
    boolean namespaced = rule.namespaces() == null || rule.namespaces().isEmpty();
    return action
        && machine
        && namespaced
        && Selector.matches(rule.clusterSelector(), cluster.labels());
  }
}
