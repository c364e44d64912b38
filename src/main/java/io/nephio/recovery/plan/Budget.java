package io.nephio.recovery.plan;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Elapsed;
import io.nephio.recovery.judge.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How often a lineage may still be acted on.
 *
 * <p>What was done within {@code retryWindow} is used up, whether it helped or not. What is open,
 * or was proposed in this very pass, is set aside: were it all merged, the budget must still hold.
 */
final class Budget {
  private final Ledger ledger;
  private final ClusterPolicySpec policy;
  private final Instant at;
  private final Map<String, Integer> proposed = new HashMap<>();

  Budget(Ledger ledger, ClusterPolicySpec policy, Instant at) {
    this.ledger = ledger;
    this.policy = policy;
    this.at = at;
  }

  void set(Identity id) {
    proposed.merge(id.lineage(), 1, Integer::sum);
  }

  Optional<Objection> object(Identity id, Finding root) {
    List<LedgerEntry> used = used(id);
    int budget = policy.retryBudget();
    if (used.size() >= budget) {
      return Objection.never(spent(used, root));
    }
    int aside = ledger.waiting(id.lineage()).size() + proposed.getOrDefault(id.lineage(), 0);
    return used.size() + aside < budget
        ? Optional.empty()
        : Objection.later(
            "retryBudget allows %d in %s for one owner; %d done, %d open"
                .formatted(budget, policy.retryWindow(), used.size(), aside));
  }

  /** How much of it is used, where any is. */
  Optional<String> text(Identity id) {
    int used = used(id).size();
    return used == 0
        ? Optional.empty()
        : Optional.of(
            "retryBudget: %d of %d used in %s"
                .formatted(used, policy.retryBudget(), policy.retryWindow()));
  }

  private List<LedgerEntry> used(Identity id) {
    return ledger.executions(id.lineage(), policy.retryWindow().duration(), at);
  }

  private String spent(List<LedgerEntry> used, Finding root) {
    Map<String, Long> actions =
        used.stream().collect(groupingBy(e -> e.spec().action().name(), TreeMap::new, counting()));
    LedgerEntry last = used.get(used.size() - 1);
    String done =
        root.reason().ofMachine()
            ? used.size() + " replacements"
            : String.join(
                ", ",
                actions.entrySet().stream().map(a -> a.getValue() + " " + a.getKey()).toList());
    return "%s in %s did not help, the last %s ago (%s, %s): look at %s"
        .formatted(
            done,
            policy.retryWindow(),
            Elapsed.text(Duration.between(Ledger.ended(last), at)),
            last.name(),
            last.status().phase(),
            causes(root));
  }

  private static String causes(Finding root) {
    return switch (root.reason()) {
      case PodCrashLoop, PodFailed, PodConfigError, WorkloadStalled ->
          "image, configuration and the pod's logs";
      case NodePressure -> "what fills the Nodes, and at their size";
      case NodeNetworkUnavailable -> "the network's agent and its configuration";
      default -> "template, image, quota and network";
    };
  }
}
