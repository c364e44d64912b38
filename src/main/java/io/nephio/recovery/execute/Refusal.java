package io.nephio.recovery.execute;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nephio.recovery.clusters.Trouble;

/** What an API server's no means for an act: an answer below 500 is a no, anything else is none. */
final class Refusal {
  static final int NOT_FOUND = 404;
  static final int CONFLICT = 409;
  static final int TOO_MANY_REQUESTS = 429;

  private Refusal() {}

  /**
   * @param what the object, like {@code the Machine}
   * @param act like {@code the deletion}
   */
  static Outcome of(KubernetesClientException e, String what, String act) {
    int code = e.getCode();
    if (code < 400 || code >= 500) {
      return new Outcome.Unknown(Trouble.text(e));
    }
    return new Outcome.Safe(
        switch (code) {
          case NOT_FOUND -> what + " is gone";
          case CONFLICT -> what + " has just changed";
          default -> "the API server refused " + act + ": " + Trouble.text(e);
        });
  }
}
