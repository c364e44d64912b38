package io.nephio.recovery.record;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.plan.Ledger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a pull request tells beyond its record, and what may change while it is open.
 *
 * @param ledger of what was done before
 * @param branches of the repository
 * @param seen the evidence as it is now; empty where the record's still stands
 * @param engine which GitOps engine applies the package by itself; empty if none is seen
 */
public record Background(
    Ledger ledger,
    Set<String> branches,
    Optional<List<RemediationSpec.Evidence>> seen,
    Optional<String> engine) {

  /** Nothing was done before, and nobody else works on the package. */
  public static final Background NONE =
      new Background(Ledger.empty(), Set.of(), Optional.empty(), Optional.empty());

  public Background {
    branches = Set.copyOf(branches);
  }
}
