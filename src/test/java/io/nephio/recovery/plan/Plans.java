package io.nephio.recovery.plan;

import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Sample;
import io.nephio.recovery.judge.Memory;
import java.util.List;

/** Plans for one cluster, and what they say. */
final class Plans {
  private Plans() {}

  static Plan plan(String policy, ClusterSample cluster, LedgerEntry... ledger) {
    return plan(policy, Home.NOWHERE, cluster, ledger);
  }

  static Plan plan(String policy, Home home, ClusterSample cluster, LedgerEntry... ledger) {
    Policy known = Policies.policy(policy);
    return Planner.plan(
        known,
        new Fleet(List.of(cluster.cluster())),
        new Ledger(List.of(ledger)),
        Memory.EMPTY,
        new Around(home, "", Restorable.NOTHING, List.of(known)),
        Sample.NOW);
  }

  /** As {@code Propose DeletePod Pod shop/p}. */
  static String told(Decision decision) {
    return decision.getClass().getSimpleName()
        + " "
        + decision.act().action()
        + " "
        + decision.act().target();
  }

  static List<String> told(Plan plan) {
    return plan.decisions().stream().map(Plans::told).toList();
  }
}
