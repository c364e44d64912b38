package io.nephio.recovery.plan;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import java.util.Optional;

/** A Remediation object as the pure pass sees it: what was decided, and how far it is. */
public record LedgerEntry(String name, RemediationSpec spec, RemediationStatus status) {

  /** The number of its pull request; empty before it is open. */
  public Optional<Long> pullRequest() {
    return Optional.ofNullable(status.proposal()).map(RemediationStatus.Proposal::pullRequest);
  }
}
