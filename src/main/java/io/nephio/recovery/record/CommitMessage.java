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
        + Markdown.line(spec.why())
        + ".\n\n"
        + porch(spec)
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

  /** By this line Porch attributes a commit to a package. */
  private static String porch(RemediationSpec spec) {
    return spec.edit() == null || spec.edit().pkg().equals(".")
        ? ""
        : "kpt:{\"package\":\"" + spec.edit().pkg().replaceAll("[\"\\\\\\p{C}]", "_") + "\"}\n\n";
  }
}
