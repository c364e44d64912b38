package io.nephio.recovery.record;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.plan.Identity;
import java.util.Map;

/**
 * One remediation written down: the record for the ledger and for git, and the words around it.
 *
 * @param repository {@code owner/name}
 * @param base branch the pull request is for; empty for the repository's default branch
 * @param files what the commit adds, by path
 */
public record Draft(
    Identity id,
    RemediationSpec spec,
    String repository,
    String base,
    Map<String, String> files,
    String commitMessage,
    String title,
    String body) {

  public Draft {
    files = Map.copyOf(files);
  }
}
