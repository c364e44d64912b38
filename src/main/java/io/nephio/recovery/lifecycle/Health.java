package io.nephio.recovery.lifecycle;

/** Of the target before the act, of its replacement after it. */
public sealed interface Health {
  record Failing() implements Health {}

  record Healthy() implements Health {}

  /** The object of this uid is no longer there. */
  record Gone() implements Health {}

  /** It cannot be told, which proves nothing. */
  record Unseen(String why) implements Health {}

  /** The kubeconfig or the Cluster's name leads to another cluster than the one decided about. */
  record WrongCluster(String why) implements Health {}
}
