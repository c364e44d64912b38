package io.nephio.recovery.cli;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.plan.Decision;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.PackagePlace;
import io.nephio.recovery.plan.PackagePlaces;
import io.nephio.recovery.plan.Plan;
import io.nephio.recovery.plan.Policy;
import io.nephio.recovery.record.Background;
import io.nephio.recovery.record.Draft;
import io.nephio.recovery.record.Drafts;
import io.nephio.recovery.record.PackageEdit;
import io.nephio.recovery.record.PackageEdits;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One policy's plan.
 *
 * @param drafts of its proposals, in their order
 */
record Planned(Policy policy, Plan plan, List<Draft> drafts) {

  static Planned of(Policy policy, Plan plan, Ledger ledger, Repositories places) {
    return new Planned(
        policy,
        plan,
        plan.proposals().stream().map(p -> draft(p, policy, plan, ledger, places)).toList());
  }

  Draft draft(Decision.Propose proposal) {
    return drafts.stream().filter(d -> d.id().equals(proposal.id())).findFirst().orElseThrow();
  }

  /** What the ledger already holds is told as it is there, not drawn up anew. */
  private static Draft draft(
      Decision.Propose proposal, Policy policy, Plan plan, Ledger ledger, Repositories places) {
    RemediationSpec spec =
        ledger.entries().stream()
            .filter(e -> e.name().equals(proposal.id().name()))
            .findFirst()
            .map(LedgerEntry::spec)
            .orElseGet(
                () -> {
                  PackageEdit edit =
                      Drafts.edit(
                          proposal, new PackagePlaces(policy, ""), places::packages, plan.at());
                  return Drafts.spec(proposal, policy, edit, plan.at());
                });
    PackagePlace.At place = Drafts.place(spec, policy);
    return Drafts.draft(
        spec,
        policy,
        PackageEdits.again(spec, place, places.packages(place)).orElse(Map.of()),
        new Background(ledger, places.branches(place), Optional.empty(), Optional.empty()));
  }
}
