package io.nephio.recovery.lifecycle;

/**
 * Whether somebody already took this approval, as the merge commit's statuses tell. Needed in
 * Approved and Executing.
 */
public sealed interface Receipt {
  /** The server answered, and the merge commit carries no status of this remediation. */
  record None() implements Receipt {}

  /** Taken by the very execution that stands in the ledger. */
  record Ours() implements Receipt {}

  /** Taken by anybody else, or by an execution that the ledger does not know. */
  record Taken(String by) implements Receipt {}

  /** The server did not answer. Without a receipt nothing is executed. */
  record Unreadable(String text) implements Receipt {}
}
