package io.nephio.recovery.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nephio.recovery.git.GitServer;
import io.nephio.recovery.servers.GiteaServer;
import io.nephio.recovery.servers.Line;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A Gitea that gives three items at once, however many are asked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesIT {
  private static final String REPOSITORY = "nephio/pages";
  private static final int COUNT = 7;

  @AutoClose private GiteaServer gitea;

  GiteaServer.Version version() {
    return GiteaServer.Version.NEPHIO;
  }

  @BeforeAll
  void start() {
    gitea = GiteaServer.startWithPagesOf(version(), 3);
    gitea.createRepository(REPOSITORY, true);
    for (int i = 1; i <= COUNT; i++) {
      open(i);
    }
  }

  private void open(int number) {
    String branch = "b" + number;
    gitea.as(
        GiteaServer.ADMIN,
        "POST",
        "/repos/" + REPOSITORY + "/contents/" + branch,
        Map.of("new_branch", branch, "content", "eA==", "message", branch));
    await("pull request of " + branch).until(() -> isOpen(branch));
  }

  /** Gitea 1.19 says 500 when it looks at a branch itself just then; it may have opened it. */
  private boolean isOpen(String branch) {
    try {
      gitea.as(
          GiteaServer.ADMIN,
          "POST",
          "/repos/" + REPOSITORY + "/pulls",
          Map.of("head", branch, "base", "main", "title", branch));
      return true;
    } catch (IllegalStateException e) {
      return String.valueOf(e.getMessage()).contains(": 409 ");
    }
  }

  /** Before each page another one of the first is closed and a new one is opened. */
  @Test
  void aListThatChangesMeanwhileLosesNothingAndHasNothingTwice() {
    Set<String> changed = new HashSet<>();
    Line.Cutter changing =
        new Line.Cutter() {
          @Override
          public boolean reaches(Line.Request request) {
            int page = page(request.query());
            if (page > 1 && page < 4 && changed.add(request.query())) {
              gitea.as(
                  GiteaServer.ADMIN,
                  "PATCH",
                  "/repos/" + REPOSITORY + "/pulls/" + (page - 1),
                  Map.of("state", "closed"));
              open(COUNT + page);
            }
            return true;
          }
        };
    try (Line line = Line.to(gitea.url(), changing)) {
      PullRequests pulls = pulls(line.url());
      // The fourth is the one that would slip from the second page to the first.
      for (int i : List.of(4, 7, 1, 2, 3, 5, 6)) {
        long number = i;
        assertThat(pulls.of(REPOSITORY, "b" + i))
            .isInstanceOfSatisfying(
                Answer.Ok.class,
                ok ->
                    assertThat((List<?>) ok.value())
                        .singleElement()
                        .satisfies(
                            one -> assertThat(((PullRequest) one).number()).isEqualTo(number)));
      }
    }
  }

  /** Its timeline tells the number of the events on a page as that of them all. */
  @Test
  void whoClosedItLastIsOnTheLastPage() {
    PullRequests pulls = pulls(gitea.url());
    gitea.createUser("alice", "alice-password");
    gitea.collaborator(REPOSITORY, "alice", "write");
    List.of("1", "2", "3", "4").forEach(this::comment);
    assertThat(pulls.closedBy(REPOSITORY, COUNT)).isEqualTo(new Answer.Ok<>(""));

    state(GiteaServer.ADMIN, "closed");
    assertThat(pulls.closedBy(REPOSITORY, COUNT)).isEqualTo(new Answer.Ok<>(GiteaServer.ADMIN));
    state(GiteaServer.ADMIN, "open");
    List.of("5", "6").forEach(this::comment);
    state("alice", "closed");
    assertThat(pulls.closedBy(REPOSITORY, COUNT)).isEqualTo(new Answer.Ok<>("alice"));
  }

  private void comment(String text) {
    String path = "/repos/" + REPOSITORY + "/issues/" + COUNT + "/comments";
    gitea.as(GiteaServer.ADMIN, "POST", path, Map.of("body", text));
  }

  private void state(String user, String state) {
    gitea.as(user, "PATCH", "/repos/" + REPOSITORY + "/pulls/" + COUNT, Map.of("state", state));
  }

  private static PullRequests pulls(String url) {
    return Gitea.of(
            GitServer.of(url, new GitServer.Credential(GiteaServer.ADMIN, GiteaServer.PASSWORD)))
        .pullRequests();
  }

  private static int page(String query) {
    return query.contains("&page=") ? Integer.parseInt(query.replaceAll(".*&page=", "")) : 0;
  }
}
