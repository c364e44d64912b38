package io.nephio.recovery.execute;

/** What came of an act. */
public sealed interface Outcome {

  /** The API server took it. */
  record Done() implements Outcome {}

  /** Nothing was changed; it may be tried again. */
  record Safe(String why) implements Outcome {}

  /** Nobody knows; only evidence in the cluster can tell. */
  record Unknown(String why) implements Outcome {}
}
