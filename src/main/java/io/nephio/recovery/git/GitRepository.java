package io.nephio.recovery.git;

import io.nephio.recovery.record.Packages;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A repository in which remediations are written down, on a server or in a local directory. */
public sealed interface GitRepository extends AutoCloseable
    permits PackageRepository, LocalRepository {

  /** The head of a branch as it is now; an empty name is the repository's default branch. */
  Fetch fetch(String branch);

  /** A commit by its full id, which some branch of the server must hold. */
  Fetch fetchCommit(String id);

  /**
   * The text of a file, or nothing where there is no such file.
   *
   * @throws java.io.UncheckedIOException if it cannot be told, or is too large to be a manifest
   */
  Optional<String> read(String commit, String path);

  /** Every regular file of a commit, by path, with the id of its content. */
  Map<String, String> files(String commit);

  /** Where a commit holds other repositories, of which it has the address only. */
  Set<String> submodules(String commit);

  /** The packages of a commit. */
  Packages packages(String commit);

  /**
   * What stands where one of these files is to be, or where a folder on its path is, and is to stay
   * there; empty if nothing does.
   */
  Optional<String> obstacle(String commit, Set<String> paths);

  /** Writes a commit with these files added or replaced, and publishes nothing. */
  String commit(BaseCommit base, Map<String, String> files, CommitText text);

  /** Creates the branch; never moves one. */
  Push push(String branch, String commit);

  @Override
  void close();
}
