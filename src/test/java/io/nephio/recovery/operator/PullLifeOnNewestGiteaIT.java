package io.nephio.recovery.operator;

import io.nephio.recovery.servers.GiteaServer;

/** The same life on the newest Gitea. */
class PullLifeOnNewestGiteaIT extends PullLifeIT {
  @Override
  GiteaServer.Version version() {
    return GiteaServer.Version.NEWEST;
  }
}
