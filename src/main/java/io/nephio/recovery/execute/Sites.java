package io.nephio.recovery.execute;

import io.nephio.recovery.clusters.Connections;
import io.nephio.recovery.plan.LedgerEntry;
import java.time.Instant;
import java.time.InstantSource;

/** How acts come into the workload clusters. */
record Sites(Connections connections, InstantSource clock) {

  Site of(LedgerEntry entry) {
    return Site.of(entry.spec(), connections, now());
  }

  Instant now() {
    return clock.instant();
  }
}
