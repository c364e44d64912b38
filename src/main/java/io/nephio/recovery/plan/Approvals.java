package io.nephio.recovery.plan;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.api.Mode;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Machine;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which way a remediation may go, by the policy's {@code approvals}: first match wins. */
final class Approvals {
  private Approvals() {}

  /**
   * The rule that matched, as a person finds it in the policy.
   *
   * @param text like {@code Observe (approvals[0])}
   */
  record Matched(Mode mode, String text) {}

  static Optional<Matched> matched(
      ClusterPolicySpec policy, Cluster cluster, Act act, Optional<Machine> machine) {
    List<ClusterPolicySpec.Approval> rules = policy.approvals();
    for (int i = 0; i < rules.size(); i++) {
      if (matches(rules.get(i), cluster, act, machine)) {
        Mode mode = rules.get(i).mode();
        return Optional.of(new Matched(mode, mode + " (approvals[" + i + "])"));
      }
    }
    return Optional.empty();
  }

  private static boolean matches(
      ClusterPolicySpec.Approval rule, Cluster cluster, Act act, Optional<Machine> machine) {
    boolean action = rule.actions().isEmpty() || rule.actions().contains(act.action());
    boolean selected =
        rule.machineSelector() == null
            || machine
                .filter(m -> Selector.matches(rule.machineSelector(), m.labels()))
                .isPresent();
    return action
        && selected
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
    if (glob.indexOf('*') < 0) {
      return glob.equals(text);
    }
    String pattern =
        String.join(".*", List.of(glob.split("\\*", -1)).stream().map(Pattern::quote).toList());
    return Pattern.matches(pattern, text);
  }
}
