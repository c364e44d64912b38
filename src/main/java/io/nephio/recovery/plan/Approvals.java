package io.nephio.recovery.plan;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.api.Mode;
import io.nephio.recovery.facts.Cluster;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which way a remediation may go, by the policy's {@code approvals}: first match wins. */
final class Approvals {
  private Approvals() {}

  /** The rule that only lets it be reported, as a person finds it in the policy; else empty. */
  static Optional<String> observed(ClusterPolicySpec policy, Cluster cluster, Act act) {
    List<ClusterPolicySpec.Approval> rules = policy.approvals();
    for (int i = 0; i < rules.size(); i++) {
      if (matches(rules.get(i), cluster, act)) {
        return rules.get(i).mode() == Mode.Observe
            ? Optional.of("policy: Observe (approvals[" + i + "])")
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean matches(ClusterPolicySpec.Approval rule, Cluster cluster, Act act) {
    boolean action = rule.actions().isEmpty() || rule.actions().contains(act.action());
    boolean machine =
        rule.machineSelector() == null
            || act.machine()
                .filter(m -> Selector.matches(rule.machineSelector(), m.labels()))
                .isPresent();
    return action
        && machine
        && namespaced(rule.namespaces(), act)
        && Selector.matches(rule.clusterSelector(), cluster.labels());
  }

  /** A rule for namespaces means pods and workloads, not the Machines of a namespace. */
  private static boolean namespaced(List<String> globs, Act act) {
    if (globs.isEmpty()) {
      return true;
    }
    String namespace = act.target().namespace();
    return act.machine().isEmpty()
        && namespace != null
        && globs.stream().anyMatch(g -> glob(g, namespace));
  }

  static boolean glob(String glob, String text) {
    String pattern =
        String.join(".*", List.of(glob.split("\\*", -1)).stream().map(Pattern::quote).toList());
    return Pattern.matches(pattern, text);
  }
}
