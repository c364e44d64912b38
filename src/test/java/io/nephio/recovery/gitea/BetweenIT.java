package io.nephio.recovery.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nephio.recovery.git.Author;
import io.nephio.recovery.git.BaseCommit;
import io.nephio.recovery.git.CommitText;
import io.nephio.recovery.git.Failure;
import io.nephio.recovery.git.Fetch;
import io.nephio.recovery.git.GitServer;
import io.nephio.recovery.git.PackageRepository;
import io.nephio.recovery.git.Push;
import io.nephio.recovery.git.RefusedReason;
import io.nephio.recovery.git.RepositoryState;
import io.nephio.recovery.servers.GiteaServer;
import io.nephio.recovery.servers.Line;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real Gitea, and on the way to it a proxy, a login page, or the end of either. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BetweenIT {
  private static final String BRANCH = "recovery/edge01/restart";
  private static final String PASSWORD = "bot-password-83af";
  private static final Duration LONG = Duration.ofSeconds(60);

  @AutoClose private GiteaServer gitea;
  @TempDir private Path folder;
  private String name;

  GiteaServer.Version version() {
    return GiteaServer.Version.NEPHIO;
  }

  @BeforeAll
  void start() {
    gitea = GiteaServer.start(version());
    gitea.createUser("bot", PASSWORD);
  }

  @BeforeEach
  void repository(TestInfo test) {
    name = "nephio/" + test.getTestMethod().orElseThrow().getName() + System.nanoTime();
    gitea.createRepository(name, true);
    gitea.collaborator(name, "bot", "write");
  }

  /** Notes what comes by and answers some of it; changed while it runs. */
  private static class Gate implements Line.Cutter {
    final List<Line.Request> seen = new CopyOnWriteArrayList<>();
    volatile Function<Line.Request, Optional<Line.Reply>> instead = r -> Optional.empty();
    volatile Predicate<Line.Request> halfway = r -> true;
    volatile Predicate<Line.Request> answer = r -> true;

    void answering(String status, String header, String body) {
      instead = r -> Optional.of(new Line.Reply(status, List.of(header), body));
    }

    void open() {
      instead = r -> Optional.empty();
    }

    @Override
    public Optional<Line.Reply> instead(Line.Request request) {
      seen.add(request);
      return instead.apply(request);
    }

    @Override
    public boolean goesOn(Line.Request request) {
      return halfway.test(request);
    }

    @Override
    public boolean returns(Line.Request request) {
      return answer.test(request);
    }
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource({
    "429 Too Many Requests, the API",
    "503 Service Unavailable, the API",
    "429 Too Many Requests, git",
    "503 Service Unavailable, git"
  })
  void whoeverWantsToBeLeftAloneIsLeftAlone(String status, String by) {
    Gate gate = new Gate();
    try (Line line = Line.to(gitea.url(), gate)) {
      GitServer server = server(line.url());
      Gitea api = Gitea.of(server);
      PackageRepository git = open(server);
      gate.answering(status, "Retry-After: 2", "slow down");
      if (by.equals("git")) {
        assertThat(git.fetch("main")).isInstanceOf(Failure.Unreachable.class);
      } else {
        assertThat(api.whoami()).isInstanceOf(Answer.Unreachable.class);
      }
      assertThat(gate.seen).hasSize(1);

      gate.open();
      assertThat(api.whoami())
          .isInstanceOfSatisfying(
              Answer.Unreachable.class,
              u -> assertThat(u.text()).startsWith(status.substring(0, 3) + ": it wants to be"));
      assertThat(git.fetch("main")).isInstanceOf(Failure.Unreachable.class);
      assertThat(gate.seen).as("asked meanwhile").hasSize(1);
      assertThat(server.pause().left()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));

      await().atMost(LONG).until(() -> server.pause().left().isZero());
      assertThat(api.whoami()).isEqualTo(new Answer.Ok<>("bot"));
      assertThat(git.fetch("main")).isInstanceOf(Fetch.Fetched.class);
      git.close();
    }
  }

  @Test
  void whoDoesNotSayHowLongIsAskedAgainAtOnce() {
    Gate gate = new Gate();
    try (Line line = Line.to(gitea.url(), gate)) {
      Gitea api = Gitea.of(server(line.url()));
      gate.answering("503 Service Unavailable", "X-None: 1", "");
      assertThat(api.whoami()).isInstanceOf(Answer.Unreachable.class);
      gate.open();
      assertThat(api.whoami()).isEqualTo(new Answer.Ok<>("bot"));
    }
  }

  @Test
  void aLoginPageIsNotGitea() {
    Gate gate = new Gate();
    gate.answering("200 OK", "Content-Type: text/html", "<html>Sign in</html>");
    try (Line line = Line.to(gitea.url(), gate);
        PackageRepository git = open(server(line.url()))) {
      RepositoryState state = Gitea.of(server(line.url())).repositories().state(name);
      assertThat(state).isInstanceOf(RepositoryState.NotGit.class);
      assertThat(state.toString()).contains("a page and no JSON", "Sign in");
      assertNotGit(git.fetch("main"));
      gate.open();
      String commit = change(git);
      gate.answering("200 OK", "Content-Type: text/html", "<html>Sign in</html>");
      assertNotGit(git.push(BRANCH, commit));
      gate.open();
      assertThat(git.push(BRANCH, commit)).isEqualTo(new Push.Created());
    }
  }

  /** It is a working proxy to the same Gitea, and would see the password. */
  @Test
  void nothingFollowsToAnotherHost() {
    Gate gate = new Gate();
    Gate other = new Gate();
    try (Line line = Line.to(gitea.url(), gate);
        Line elsewhere = Line.to(gitea.url(), other);
        PackageRepository git = open(server(line.url()))) {
      String commit = change(git);
      gate.instead =
          r ->
              Optional.of(
                  new Line.Reply(
                      "302 Found",
                      List.of(
                          "Location: "
                              + elsewhere.url()
                              + r.path()
                              + (r.query().isEmpty() ? "" : "?" + r.query())),
                      ""));
      RepositoryState state = Gitea.of(server(line.url())).repositories().state(name);
      assertThat(state).isInstanceOf(RepositoryState.NotGit.class);
      assertThat(state.toString()).contains("302", "leads to " + elsewhere.url());
      assertNotGit(git.fetch("main"));
      assertNotGit(git.push(BRANCH, commit));
      assertThat(Gitea.of(server(line.url())).whoami()).isInstanceOf(Answer.Refused.class);
      assertThat(other.seen).as("asked of the other host").isEmpty();
      gate.open();
      assertThat(git.push(BRANCH, commit)).isEqualTo(new Push.Created());
    }
  }

  @Test
  void aServerThatTricklesIsGivenUp() throws Exception {
    try (Trickle trickle = new Trickle();
        PackageRepository git =
            io.nephio.recovery.git.Patience.open(
                server(trickle.url()), name, folder, Duration.ofSeconds(1))) {
      Gitea api = Gitea.of(server(trickle.url()), Duration.ofSeconds(1));
      assertThat(api.whoami()).isEqualTo(new Answer.Unreachable<>("no whole answer after 1 s"));
      assertThat(git.fetch("main"))
          .isInstanceOfSatisfying(
              Failure.Unreachable.class, u -> assertThat(u.text()).contains("no end after 1 s"));
      assertThat(trickle.sent()).isGreaterThan(2);
    }
  }

  /** Half of the pack is there when it is killed. */
  @Test
  void aPushThatWasCutInItsMiddleIsDoneAgain() {
    Gate gate = new Gate();
    try (Line line = Line.to(gitea.url(), gate);
        PackageRepository git = open(server(line.url()))) {
      String commit = change(git);
      gate.halfway = r -> !isPush(r) || !killed();
      Push cut = git.push(BRANCH, commit);
      gate.halfway = r -> true;
      gitea.resume();

      assertThat(cut).isInstanceOf(Failure.Unreachable.class);
      assertThat(cut.toString()).doesNotContain(PASSWORD);
      assertThat(base(git).branches()).containsOnlyKeys("main");
      assertThat(git.push(BRANCH, commit)).isEqualTo(new Push.Created());
    }
  }

  @Test
  void aPushWhoseAnswerIsLostIsNotDoneTwice() {
    Gate gate = new Gate();
    try (Line line = Line.to(gitea.url(), gate);
        PackageRepository git = open(server(line.url()))) {
      String commit = change(git);
      gate.answer = r -> !isPush(r) || !killed();
      Push lost = git.push(BRANCH, commit);
      gate.answer = r -> true;
      gitea.resume();

      assertThat(lost).isInstanceOf(Failure.Unreachable.class);
      assertThat(base(git).branches()).containsEntry(BRANCH, commit);
      assertThat(git.push(BRANCH, commit)).isEqualTo(new Push.Same());
    }
  }

  @Test
  void aPullRequestWhoseAnswerIsLostIsFound() {
    Gate gate = new Gate();
    try (Line line = Line.to(gitea.url(), gate);
        PackageRepository git = open(server(line.url()))) {
      assertThat(git.push(BRANCH, change(git))).isEqualTo(new Push.Created());
      PullRequests pulls = Gitea.of(server(line.url())).pullRequests();
      gate.answer = r -> !(r.method().equals("POST") && r.path().endsWith("/pulls")) || !killed();
      assertThat(pulls.open(name, BRANCH, "main", "t", "b", List.of(), List.of()))
          .isInstanceOf(Answer.Unreachable.class);
      gate.answer = r -> true;
      gitea.resume();

      Answer<PullRequest> again = pulls.open(name, BRANCH, "main", "t", "b", List.of(), List.of());
      assertThat(pulls.of(name, BRANCH)).isEqualTo(again.map(List::of));
    }
  }

  private static boolean isPush(Line.Request request) {
    return request.method().equals("POST") && request.path().endsWith("/git-receive-pack");
  }

  private boolean killed() {
    gitea.kill();
    return true;
  }

  private static void assertNotGit(Object outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Failure.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(RefusedReason.NotGit);
              assertThat(refused.text()).doesNotContain(PASSWORD);
            });
  }

  private static GitServer server(String url) {
    return GitServer.of(url, new GitServer.Credential("bot", PASSWORD));
  }

  private PackageRepository open(GitServer server) {
    return PackageRepository.open(server, name, folder, Gitea.of(server).repositories()::state);
  }

  private static BaseCommit base(PackageRepository repository) {
    return ((Fetch.Fetched) repository.fetch("main")).base();
  }

  private static String change(PackageRepository repository) {
    CommitText text =
        new CommitText("Restart", Author.DEFAULT, Instant.parse("2026-01-02T03:04:05Z"));
    return repository.commit(base(repository), Map.of("packages/a.yaml", "a: b"), text);
  }
}
