package io.nephio.recovery.git;

/**
 * Why a fetch, a push or a deletion came to nothing. The text is for people; nothing is decided by
 * it.
 */
public sealed interface Failure extends Fetch, Push, Deletion
    permits Failure.Refused, Failure.Unreachable {
  String text();

  /** Repeating it does not help until somebody changes something. */
  record Refused(RefusedReason reason, String text) implements Failure {}

  /** Try again later; whether anything happened is not known. */
  record Unreachable(String text) implements Failure {}
}
