package io.nephio.recovery.operator;

import io.nephio.recovery.servers.GiteaServer;

/** The same with the newest Gitea. */
class BranchTroubleOnNewestGiteaIT extends BranchTroubleIT {
  @Override
  GiteaServer.Version version() {
    return GiteaServer.Version.NEWEST;
  }
}
