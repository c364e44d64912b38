package io.nephio.recovery.gitea;

import io.nephio.recovery.servers.GiteaServer;

/** The same with the newest Gitea. */
class PagesOnNewestGiteaIT extends PagesIT {
  @Override
  GiteaServer.Version version() {
    return GiteaServer.Version.NEWEST;
  }
}
