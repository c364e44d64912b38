package io.nephio.recovery.record;

import static io.nephio.recovery.record.Markdown.code;

import io.nephio.recovery.api.RemediationSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Drafts of the package that are open in Porch. An approval there replaces the whole folder by what
 * the draft was made from, and so takes a merged edit back without a word.
 */
final class PorchDrafts {
  private static final int NAMED = 3;

  private PorchDrafts() {}

  /** Nothing if there are none. */
  static String warning(RemediationSpec spec, Set<String> branches) {
    if (PullRequestText.edit(spec).isEmpty()) {
      return "";
    }
    String pkg = PullRequestText.edit(spec).get().pkg();
    List<String> open =
        branches.stream()
            .filter(b -> isOf(b, "drafts/", pkg) || isOf(b, "proposed/", pkg))
            .sorted()
            .toList();
    if (open.isEmpty()) {
      return "";
    }
    String names = open.stream().limit(NAMED).map(Markdown::code).collect(Collectors.joining(", "));
    String more = open.size() > NAMED ? " and " + (open.size() - NAMED) + " more" : "";
    return "> **Warning**\n> Package "
        + code(pkg)
        + " is being changed in Porch: "
        + names
        + more
        + ". Approving that later takes this change back.\n\n";
  }

  /** A draft's branch is its prefix, the package's path and the workspace's name. */
  private static boolean isOf(String branch, String prefix, String pkg) {
    int workspace = branch.lastIndexOf('/');
    return branch.startsWith(prefix)
        && workspace > prefix.length()
        && (branch.substring(prefix.length(), workspace).equals(pkg)
            || pkg.startsWith(branch.substring(prefix.length(), workspace) + "/"));
  }
}
