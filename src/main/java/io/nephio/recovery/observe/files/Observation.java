package io.nephio.recovery.observe.files;

import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the input tells.
 *
 * @param newest the time of the newest observation in it
 * @param notes what a person should know of it, one line each, though it could be used
 */
public record Observation(
    List<Policy> policies,
    Fleet fleet,
    Ledger ledger,
    Optional<Instant> newest,
    List<String> notes) {
  public Observation {
    policies = List.copyOf(policies);
    notes = List.copyOf(notes);
  }
}
