package io.nephio.recovery.gitea;

import io.nephio.recovery.servers.GiteaServer;

/** The same with the newest Gitea. */
class BetweenOnNewestGiteaIT extends BetweenIT {
  @Override
  GiteaServer.Version version() {
    return GiteaServer.Version.NEWEST;
  }
}
