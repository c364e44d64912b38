package io.nephio.recovery.lifecycle;

/** Evidence of whether the act happened; never a guess. */
public sealed interface Progress {
  record NotStarted() implements Progress {}

  record Happened() implements Progress {}

  record Unreadable(String why) implements Progress {}
}
