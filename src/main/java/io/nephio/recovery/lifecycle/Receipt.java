package io.nephio.recovery.lifecycle;

/** Whether somebody already took this approval, as the merge commit's statuses tell. */
public sealed interface Receipt {
  record None() implements Receipt {}

  /** Taken by the very execution that stands in the ledger. */
  record Ours() implements Receipt {}

  record Taken(String by) implements Receipt {}

  record Unreadable(String text) implements Receipt {}
}
