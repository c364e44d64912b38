package io.nephio.recovery.record;

import io.nephio.recovery.api.RemediationSpec;

/** The commit of a remediation: subject, reason, and trailers that tools can read. */
final class CommitMessage {
  private CommitMessage() {}

  static String text(RemediationSpec spec) {
    return PullRequestText.subject(spec)
        + "\n\n"
        + spec.reason()
        + " since "
        + spec.failingSince()
        + ": "
        + spec.why().replaceAll("[\\p{C}\\s]+", " ")
        + ".\n\n"
        + "Recovery-Fingerprint: "
        + spec.fingerprint()
        + "\nRecovery-Cluster: "
        + spec.cluster().namespace()
        + "/"
        + spec.cluster().name()
        + "\nRecovery-Policy: "
        + spec.policy().namespace()
        + "/"
        + spec.policy().name()
        + "@"
        + spec.policy().generation()
        + "\n";
  }
}
