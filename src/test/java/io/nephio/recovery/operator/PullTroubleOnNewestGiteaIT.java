package io.nephio.recovery.operator;

import io.nephio.recovery.servers.GiteaServer;

/** The same trouble with the newest Gitea. */
class PullTroubleOnNewestGiteaIT extends PullTroubleIT {
  @Override
  GiteaServer.Version version() {
    return GiteaServer.Version.NEWEST;
  }

  @Override
  String[] enough() {
    return new String[] {"write:repository", "write:issue"};
  }

  @Override
  String[] tooFew() {
    return new String[] {"read:repository"};
  }
}
