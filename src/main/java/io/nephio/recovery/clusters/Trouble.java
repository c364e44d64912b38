package io.nephio.recovery.clusters;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nephio.recovery.facts.Reach;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Why an API server gave no answer, by the root of it. */
public final class Trouble {
  private static final int LONGEST = 200;

  private Trouble() {}

  /** A credential that does not fit is not an outage: only somebody's hand mends it. */
  static Reach reach(KubernetesClientException e, Instant since) {
    Throwable root = root(e);
    boolean credential =
        e.getCode() == 401
            || e.getCode() == 403
            || root instanceof GeneralSecurityException
            || (root instanceof SSLException && isCertificate(root));
    return credential
        ? new Reach.CredentialProblem(since, text(e))
        : new Reach.Unreachable(since, text(e));
  }

  /** One line for people. */
  public static String text(KubernetesClientException e) {
    String text;
    if (e.getCode() > 0) {
      String message = e.getStatus() == null ? null : e.getStatus().getMessage();
      text = e.getCode() + " " + (message == null ? "" : message);
    } else {
      Throwable root = root(e);
      String name = root.getClass().getSimpleName();
      text = root.getMessage() == null ? name : name + ": " + root.getMessage();
    }
    // Cut first: half of a pair that the cut leaves over is unprintable too.
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    return cut.replaceAll("[\\p{C}\\s]+", " ").strip();
  }

  private static boolean isCertificate(Throwable e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("certificate");
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    for (int depth = 0; depth < 20 && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    return root;
  }
}
