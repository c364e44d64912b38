package io.nephio.recovery.operator;

import io.nephio.recovery.servers.GiteaServer;

/** The same on the newest Gitea. */
class MergedPullOnNewestGiteaIT extends MergedPullIT {
  @Override
  GiteaServer.Version version() {
    return GiteaServer.Version.NEWEST;
  }
}
