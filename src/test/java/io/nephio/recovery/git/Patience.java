package io.nephio.recovery.git;

import java.nio.file.Path;
import java.time.Duration;

/** Repositories that are given up sooner than the operator would. */
public final class Patience {
  private Patience() {}

  public static PackageRepository open(
      GitServer server, String repository, Path directory, Duration longest) {
    return PackageRepository.open(
        server,
        repository,
        directory,
        name -> new RepositoryState.Unreachable("not asked"),
        longest);
  }
}
