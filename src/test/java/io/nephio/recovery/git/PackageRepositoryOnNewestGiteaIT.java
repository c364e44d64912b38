package io.nephio.recovery.git;

import io.nephio.recovery.servers.GiteaServer;

/** The same with the newest Gitea. */
class PackageRepositoryOnNewestGiteaIT extends PackageRepositoryIT {
  @Override
  GiteaServer.Version version() {
    return GiteaServer.Version.NEWEST;
  }
}
