package io.nephio.recovery.operator;

import io.nephio.recovery.lifecycle.Sync;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.record.Background;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where what a pull request tells beyond its record comes from.
 *
 * @param ledger as of lately
 * @param engines which GitOps engine applies the package of an entry
 */
record Backgrounds(
    Supplier<Ledger> ledger, Sightings sightings, Function<LedgerEntry, Sync> engines) {

  Sync engine(LedgerEntry entry) {
    return engines.apply(entry);
  }

  Background of(LedgerEntry entry, Ledger known, Set<String> branches, Sync engine) {
    return new Background(known, branches, sightings.of(entry.name()), engine.by());
  }
}
