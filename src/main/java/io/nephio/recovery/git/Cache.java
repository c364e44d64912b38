package io.nephio.recovery.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FileUtils;

/**
 * What has been fetched, on disk. Always made anew and never reopened: a process that was killed
 * leaves locks behind, and fetching one commit again costs less than telling good from bad.
 */
record Cache(Path directory, Repository repository) implements AutoCloseable {
  static final String REFS = "refs/cache/";
  private static final String PREFIX = "cache-";
  private static final int MOST_PACKS = 50;
  private static final Set<RefUpdate.Result> KEPT =
      EnumSet.of(RefUpdate.Result.NEW, RefUpdate.Result.FORCED, RefUpdate.Result.NO_CHANGE);

  static Cache create(Path parent) throws IOException {
    Files.createDirectories(parent);
    Path directory = Files.createTempDirectory(parent, PREFIX);
    Repository repository =
        new FileRepositoryBuilder()
            .setGitDir(directory.resolve("git").toFile())
            .setBare()
            .setFS(FS.DETECTED)
            .build();
    repository.create(true);
    StoredConfig config = repository.getConfig();
    config.setString("http", null, "followRedirects", "false");
    config.setInt("gc", null, "auto", 0);
    // Otherwise a thread of its own looks for work after each fetch, also in a deleted directory.
    config.setInt("gc", null, "autoPackLimit", 0);
    config.setBoolean("gc", null, "autoDetach", false);
    config.setBoolean(
        ConfigConstants.CONFIG_CORE_SECTION,
        null,
        ConfigConstants.CONFIG_KEY_LOGALLREFUPDATES,
        false);
    config.save();
    // Of a directory that has just changed JGit cannot tell whether it has seen the change, and
    // lists it once more for each object that comes.
    Files.setLastModifiedTime(
        directory.resolve("git/objects/pack"), FileTime.from(Instant.EPOCH.plusSeconds(1)));
    return new Cache(directory, repository);
  }

  /** Removes what an earlier process left. */
  static void sweep(Path parent) throws IOException {
    if (Files.isDirectory(parent)) {
      try (Stream<Path> children = Files.list(parent)) {
        List<Path> old =
            children.filter(c -> c.getFileName().toString().startsWith(PREFIX)).toList();
        old.forEach(Cache::delete);
      }
    }
  }

  /** So that the next fetch tells the server what is here already. */
  void keep(Remote.Branch branch) throws IOException {
    RefUpdate update = repository.updateRef(REFS + "heads/" + branch.name());
    update.setNewObjectId(ObjectId.fromString(branch.tip()));
    update.setForceUpdate(true);
    RefUpdate.Result result = update.update();
    if (!KEPT.contains(result)) {
      throw Fault.damage("the tip of " + branch.name() + " cannot be kept: " + result);
    }
  }

  Contents contents() {
    return new Contents(repository);
  }

  boolean isEmpty() throws IOException {
    return repository.getRefDatabase().getRefsByPrefix(REFS).isEmpty();
  }

  /** Every fetch that brings something leaves a pack, and nothing ever merges them. */
  boolean isWorn() {
    String[] packs =
        new File(repository.getDirectory(), "objects/pack").list((d, n) -> n.endsWith(".pack"));
    return packs != null && packs.length > MOST_PACKS;
  }

  @Override
  public void close() {
    repository.close();
    delete(directory);
  }

  private static void delete(Path directory) {
    try {
      FileUtils.delete(
          directory.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING | FileUtils.RETRY);
    } catch (IOException e) {
      // A thread that was given up may still be writing there; the next start removes it.
      return;
    }
  }
}
