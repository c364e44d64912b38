package io.nephio.recovery.plan;

import io.nephio.recovery.api.RemediationSpec;
import java.util.List;
import java.util.Optional;

/**
 * What a plan heeds besides the clusters and the ledger.
 *
 * @param home where the operator itself runs
 * @param gitServer its address; empty where none is known
 * @param packages what could be put back
 * @param policies all of them, as more than one may propose to a repository
 */
public record Around(Home home, String gitServer, Restorable packages, List<Policy> policies) {
  public static final Around NOTHING = new Around(Home.NOWHERE, "", Restorable.NOTHING, List.of());

  public Around {
    policies = List.copyOf(policies);
  }

  /** Where the record of this goes; empty if its policy is not known. */
  Optional<String> repository(RemediationSpec spec) {
    return policies.stream()
        .filter(p -> p.namespace().equals(spec.policy().namespace()))
        .filter(p -> p.name().equals(spec.policy().name()))
        .findFirst()
        .map(p -> new PackagePlaces(p, gitServer).of(spec).repository());
  }
}
