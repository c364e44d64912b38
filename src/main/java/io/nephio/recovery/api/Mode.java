package io.nephio.recovery.api;

/** How far the operator goes by itself. There is no mode without a human. */
public enum Mode {
  /** Propose by pull request, act when it is merged. */
  PullRequest,
  /** Report only. */
  Observe
}
