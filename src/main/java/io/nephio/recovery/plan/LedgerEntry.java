package io.nephio.recovery.plan;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;

/** A Remediation object as the pure pass sees it: what was decided, and how far it is. */
public record LedgerEntry(String name, RemediationSpec spec, RemediationStatus status) {}
