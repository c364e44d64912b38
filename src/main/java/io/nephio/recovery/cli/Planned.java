package io.nephio.recovery.cli;

import io.nephio.recovery.plan.Decision;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.Plan;
import io.nephio.recovery.plan.Policy;
import io.nephio.recovery.record.Draft;
import io.nephio.recovery.record.Drafts;
import java.util.List;

/** One policy's plan. */
record Planned(Policy policy, Plan plan, Ledger ledger) {

  /** What the ledger already holds is told as it is there, not drawn up anew. */
  Draft draft(Decision.Propose proposal) {
    return ledger.entries().stream()
        .filter(e -> e.name().equals(proposal.id().name()))
        .findFirst()
        .map(e -> Drafts.draft(e.spec(), policy))
        .orElseGet(() -> Drafts.draft(proposal, policy, plan.at()));
  }

  List<Draft> drafts() {
    return plan.proposals().stream().map(this::draft).toList();
  }
}
