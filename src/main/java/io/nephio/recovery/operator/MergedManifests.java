package io.nephio.recovery.operator;

import io.nephio.recovery.api.RemediationStatus.Approval;
import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.git.Failure;
import io.nephio.recovery.git.PackageRepository;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.record.PackageEdits;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;

/** What packages hold at the merge commits, read from the Git server. */
record MergedManifests(GitAccess git) implements Function<LedgerEntry, Optional<String>> {

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
}
