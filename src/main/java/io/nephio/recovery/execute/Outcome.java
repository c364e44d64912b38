package io.nephio.recovery.execute;

/** What came of an act. */
public sealed interface Outcome {

  /** The API server took it. */
  record Done() implements Outcome {}

  /** Another controller was asked to do it, and will say whether it does. */
  record Asked() implements Outcome {}

  /** Nothing was changed that cannot be taken back; it may be tried again. */
  record Safe(String why) implements Outcome {}

  /** Nobody knows; only evidence in the cluster can tell. */
  record Unknown(String why) implements Outcome {}
}
