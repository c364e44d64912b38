package io.nephio.recovery.lifecycle;

/** Evidence of whether the act happened, and still shows; never a guess. */
public sealed interface Progress {
  /** The very object of the record was read, and shows that nothing was done to it. */
  record NotStarted() implements Progress {}

  /** The object of this uid is being deleted or is gone, or carries the mark of the act. */
  record Happened() implements Progress {}

  /** Begun and not done; it goes on with the next act. */
  record Partly(String left) implements Progress {}

  /** Another controller was asked to do it, may still do it, and answers this so far. */
  record Asked(String answer) implements Progress {}

  /** A person, or another controller, took back what had begun or was done. */
  record Stopped(String why) implements Progress {}

  /** It could not be read; whether it happened is open. */
  record Unreadable(String why) implements Progress {}
}
