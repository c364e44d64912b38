package io.nephio.recovery.lifecycle;

/** Of the target before the act, of its replacement after it. */
public sealed interface Health {
  /** On positive evidence, beyond its threshold; a replacement that is not ready yet as well. */
  record Failing() implements Health {}

  /** On positive evidence; that no finding names it is none. */
  record Healthy() implements Health {}

  /** The object of this uid is no longer there; after the act, no replacement is there yet. */
  record Gone() implements Health {}

  /** It cannot be told, which proves nothing. */
  record Unseen(String why) implements Health {}

  /** The kubeconfig or the Cluster's name leads to another cluster than the one decided about. */
  record WrongCluster(String why) implements Health {}
}
