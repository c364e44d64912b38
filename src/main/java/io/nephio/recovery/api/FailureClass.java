package io.nephio.recovery.api;

/** What kind of failure, so coarse that one story keeps its name while its reasons change. */
public enum FailureClass {
  /** A machine, or the node on it, is down. */
  Machine,
  Pressure,
  Network,
  Crash,
  Rollout,
  Crd
}
