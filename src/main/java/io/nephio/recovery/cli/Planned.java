package io.nephio.recovery.cli;

import io.nephio.recovery.plan.Decision;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.Plan;
import io.nephio.recovery.plan.Policy;
import io.nephio.recovery.record.Draft;
import io.nephio.recovery.record.Drafts;
import java.util.List;

/**
 * One policy's plan.
 *
 * @param drafts of its proposals, in their order
 */
record Planned(Policy policy, Plan plan, List<Draft> drafts) {

  static Planned of(Policy policy, Plan plan, Ledger ledger) {
    return new Planned(
        policy, plan, plan.proposals().stream().map(p -> draft(p, policy, plan, ledger)).toList());
  }

  Draft draft(Decision.Propose proposal) {
    return drafts.stream().filter(d -> d.id().equals(proposal.id())).findFirst().orElseThrow();
  }

  /** What the ledger already holds is told as it is there, not drawn up anew. */
  private static Draft draft(Decision.Propose proposal, Policy policy, Plan plan, Ledger ledger) {
    return ledger.entries().stream()
        .filter(e -> e.name().equals(proposal.id().name()))
        .findFirst()
        .map(e -> Drafts.draft(e.spec(), policy))
        .orElseGet(() -> Drafts.draft(proposal, policy, plan.at()));
  }
}
