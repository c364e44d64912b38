package io.nephio.recovery.operator;

import io.nephio.recovery.servers.CommandLine;
import io.nephio.recovery.servers.GiteaServer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What a person would do with git and curl, in a checkout that is there. */
record ByHand(GiteaServer gitea, String repository, Path checkout) {
  /** Under load Gitea says 500 now and then, also when it has opened it, and then 409. */
  private static final String OPEN =
      """
      for attempt in 1 2 3; do
        code=$(curl -sS -o /dev/null -w '%{http_code}' -H 'Content-Type: application/json' \\
          -d '{"head":"'$2'","base":"main","title":"By hand"}' $0/api/v1/repos/$1/pulls)
        case $code in 201|409) exit 0;; esac
      done
      exit 1
      """;

  static ByHand in(Path folder, GiteaServer gitea, String repository) {
    ByHand byHand = new ByHand(gitea, repository, folder.resolve("by-hand"));
    CommandLine.git(folder, "clone", "-q", byHand.remote(), byHand.checkout().toString());
    return byHand;
  }

  /** How long, in ms, the push of a commit and the opening of its pull request take. */
  long propose(String branch) {
    CommandLine.git(checkout, "checkout", "-q", "-b", branch, "origin/main");
    CommandLine.git(checkout, "commit", "-q", "--allow-empty", "-m", "By hand");
    long start = System.nanoTime();
    CommandLine.git(checkout, "push", "-q", remote(), "HEAD:refs/heads/" + branch);
    CommandLine.run(checkout, "sh", "-c", OPEN, url(), repository, branch);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private String url() {
    return gitea.url().replace("://", "://" + Stage.BOT + ":" + Stage.BOT_PASSWORD + "@");
  }

  private String remote() {
    return url() + "/" + repository + ".git";
  }
}
