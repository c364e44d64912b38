package io.nephio.recovery.git;

import io.nephio.recovery.record.Packages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/** A repository in a directory, bare or with a work tree; the work tree is never touched. */
public final class LocalRepository implements GitRepository {
  private final Repository repository;
  private final PackageIndex index = new PackageIndex();

  private LocalRepository(Repository repository) {
    this.repository = repository;
  }

  /**
   * Opens the repository of a directory.
   *
   * @throws IllegalArgumentException with one line for people, if the directory is no repository
   */
  public static LocalRepository open(Path directory) throws IOException {
    Isolation.install();
    Path place = directory.toAbsolutePath().normalize();
    FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
    if (place.getParent() != null) {
      // Not a repository further up, which a directory that was mistyped may lie in.
      builder.addCeilingDirectory(place.getParent().toFile());
    }
    builder.findGitDir(place.toFile());
    if (builder.getGitDir() == null) {
      throw new IllegalArgumentException(directory + " is not a git repository");
    }
    return new LocalRepository(builder.build());
  }

  @Override
  public Fetch fetch(String branch) {
    try {
      Map<String, String> branches = branches();
      if (branches.isEmpty()) {
        return new Failure.Refused(RefusedReason.Empty, "the repository holds no commit");
      }
      String name = branch.isEmpty() ? head() : branch;
      String tip = name == null ? null : branches.get(name);
      if (name == null || tip == null) {
        String missing = name == null ? "the default branch" : "the branch " + name;
        return new Failure.Refused(RefusedReason.BaseMissing, missing + " is not there");
      }
      return new Fetch.Fetched(new BaseCommit(name, tip, branches));
    } catch (IOException e) {
      return new Failure.Unreachable(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Fetch fetchCommit(String id) {
    try {
      return contents().holds(id)
          ? new Fetch.Fetched(new BaseCommit("", id, branches()))
          : new Failure.Refused(RefusedReason.BaseMissing, "the commit " + id + " is not there");
    } catch (IOException e) {
      return new Failure.Unreachable(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Optional<String> read(String commit, String path) {
    try {
      return contents().read(commit, path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, String> files(String commit) {
    try {
      return contents().files(commit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Set<String> submodules(String commit) {
    try {
      return contents().submodules(commit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<String> obstacle(String commit, Set<String> paths) {
    try {
      return contents().obstacle(commit, paths);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Packages packages(String commit) {
    return new TreePackages(this, commit, files(commit), index);
  }

  @Override
  public String commit(BaseCommit base, Map<String, String> files, CommitText text) {
    try {
      return contents().commit(base.commit(), files, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Push push(String branch, String commit) {
    String name = Constants.R_HEADS + branch;
    if (!Repository.isValidRefName(name)) {
      throw new IllegalArgumentException("not a name for a branch: " + branch);
    }
    try {
      var conflicts = repository.getRefDatabase().getConflictingNames(name);
      if (!conflicts.isEmpty()) {
        String other = conflicts.iterator().next();
        return new Failure.Refused(
            RefusedReason.BranchInTheWay, other + " leaves no room for " + name);
      }
      RefUpdate update = repository.updateRef(name);
      update.setExpectedOldObjectId(ObjectId.zeroId());
      update.setNewObjectId(ObjectId.fromString(commit));
      RefUpdate.Result result = update.update();
      if (result == RefUpdate.Result.NEW) {
        return new Push.Created();
      }
      String tip = branches().get(branch);
      if (tip == null) {
        return new Failure.Unreachable(name + ": " + result);
      }
      return tip.equals(commit) ? new Push.Same() : new Push.Moved(tip);
    } catch (IOException e) {
      return new Failure.Unreachable(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    repository.close();
  }

  private Contents contents() {
    return new Contents(repository);
  }

  private @Nullable String head() throws IOException {
    Ref head = repository.exactRef(Constants.HEAD);
    String target = head != null && head.isSymbolic() ? head.getTarget().getName() : "";
    boolean isBranch = target.startsWith(Constants.R_HEADS);
    return isBranch ? target.substring(Constants.R_HEADS.length()) : null;
  }

  private Map<String, String> branches() throws IOException {
    Map<String, String> branches = new TreeMap<>();
    for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
      if (ref.getObjectId() != null) {
        branches.put(ref.getName().substring(Constants.R_HEADS.length()), ref.getObjectId().name());
      }
    }
    return branches;
  }
}
