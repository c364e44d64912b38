package io.nephio.recovery.operator;

import io.nephio.recovery.api.RemediationStatus.Approval;
import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.git.Failure;
import io.nephio.recovery.git.PackageRepository;
import io.nephio.recovery.plan.Identity;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.record.PackageEdits;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What packages hold at the merge commits, read from the Git server. */
record MergedManifests(GitAccess git) implements Function<LedgerEntry, Optional<String>> {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /** Empty while it cannot be read, and where it is not what was approved. */
  @Override
  public Optional<String> apply(LedgerEntry entry) {
    Proposal proposal = entry.status().proposal();
    Approval approval = entry.status().approval();
    return proposal == null || approval == null
        ? Optional.empty()
        : git.open()
            .map(
                forge ->
                    read(forge.repository(proposal.repository()), approval.mergeCommit(), entry),
                problem -> Optional.empty());
  }

  private static Optional<String> read(
      PackageRepository repository, String commit, LedgerEntry entry) {
    if (repository.fetchCommit(commit) instanceof Failure) {
      return Optional.empty();
    }
    try {
      return PackageEdits.manifest(entry.spec(), path -> repository.read(commit, path));
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** Whether a commit of an entry's repository holds its record; false while it cannot be read. */
  boolean holdsRecord(LedgerEntry entry, String commit) {
    Proposal proposal = entry.status().proposal();
    // Engines that apply from elsewhere than Git tell other things than commits.
    return proposal != null
        && COMMIT.matcher(commit).matches()
        && git.open()
            .map(
                forge -> holds(forge.repository(proposal.repository()), entry, commit),
                problem -> false);
  }

  private static boolean holds(PackageRepository repository, LedgerEntry entry, String commit) {
    try {
      return !(repository.fetchCommit(commit) instanceof Failure)
          && repository.read(commit, Identity.of(entry.spec()).path()).isPresent();
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
