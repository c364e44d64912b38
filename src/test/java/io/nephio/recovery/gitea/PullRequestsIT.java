package io.nephio.recovery.gitea;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.git.Author;
import io.nephio.recovery.git.BaseCommit;
import io.nephio.recovery.git.CommitText;
import io.nephio.recovery.git.Fetch;
import io.nephio.recovery.git.GitServer;
import io.nephio.recovery.git.PackageRepository;
import io.nephio.recovery.git.Push;
import io.nephio.recovery.git.RepositoryState;
import io.nephio.recovery.servers.GiteaServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullRequestsIT {
  private static final String REPOSITORY = "edge/blueprints";

  @AutoClose private static GiteaServer server;
  private static Gitea bot;
  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    server = GiteaServer.start();
    server.createUser("bot", "bot-password");
    server.createUser("alice", "alice-password");
    server.createOrg("edge");
    server.createRepository(REPOSITORY, true);
    server.collaborator(REPOSITORY, "bot", "write");
    server.collaborator(REPOSITORY, "alice", "write");
    bot = Gitea.of(bot("bot-password"));
  }

  @Test
  void openingTwiceIsOnePullRequest() {
    push("recovery/twice");

    PullRequest first = open("recovery/twice");
    PullRequest second = open("recovery/twice");

    assertThat(second.number()).isEqualTo(first.number());
    assertThat(value(bot.pullRequests().of(REPOSITORY, "recovery/twice"))).hasSize(1);
    assertThat(first.open()).isTrue();
    assertThat(first.labels()).containsExactlyInAnyOrder("recovery", "restart");
    assertThat(server.as("alice", "GET", "/repos/" + REPOSITORY + "/labels", null))
        .containsOnlyOnce("\"recovery/hold\"")
        .contains("what it is");
    assertThat(first.user()).isEqualTo("bot");
    assertThat(first.mergeCommit()).isNull();
    assertThat(first.url()).isEqualTo(server.url() + "/edge/blueprints/pulls/" + first.number());
  }

  @Test
  void aBranchThatIsNotThereIsRefused() {
    Answer<PullRequest> answer =
        bot.pullRequests()
            .open(REPOSITORY, "recovery/nowhere", "main", "t", "b", List.of(), List.of());

    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Refused.class, refused -> assertThat(refused.status()).isEqualTo(404));
  }

  @ParameterizedTest
  @ValueSource(strings = {"merge", "squash", "rebase", "rebase-merge"})
  void theRecordIsAtTheMergeCommitInEveryStyle(String style) {
    String branch = "recovery/" + style;
    String pushed = push(branch);
    PullRequest opened = open(branch);
    server.createFile(REPOSITORY, "main", "moved-" + style, "the base has moved");

    server.merge(REPOSITORY, opened.number(), "alice", style);

    PullRequest merged = value(bot.pullRequests().get(REPOSITORY, opened.number()));
    assertThat(merged.merged()).isTrue();
    assertThat(merged.open()).isFalse();
    assertThat(merged.mergedBy()).isEqualTo("alice");
    assertThat(merged.mergedAt()).isNotNull();
    assertThat(merged.headSha()).isEqualTo(pushed);
    assertThat(merged.headBranch()).isEqualTo(branch);
    try (PackageRepository repository = repository()) {
      String commit = merged.mergeCommit();
      assertThat(repository.fetchCommit(commit)).isInstanceOf(Fetch.Fetched.class);
      assertThat(repository.read(commit, record(branch))).contains("record");
    }
    assertThat(bot.pullRequests().close(REPOSITORY, opened)).isEqualTo(new Answer.Ok<>(false));
  }

  @Test
  void whoClosedItIsKnown() {
    push("recovery/closed");
    PullRequest opened = open("recovery/closed");
    String path = "/repos/" + REPOSITORY + "/pulls/" + opened.number();
    assertThat(value(bot.pullRequests().closedBy(REPOSITORY, opened.number()))).isEmpty();

    assertThat(value(bot.pullRequests().close(REPOSITORY, opened))).isTrue();
    assertThat(value(bot.pullRequests().closedBy(REPOSITORY, opened.number()))).isEqualTo("bot");
    server.as("alice", "PATCH", path, Map.of("state", "open"));
    server.as("alice", "PATCH", path, Map.of("state", "closed"));
    assertThat(value(bot.pullRequests().closedBy(REPOSITORY, opened.number()))).isEqualTo("alice");
    assertThat(value(bot.pullRequests().comment(REPOSITORY, opened.number(), "why"))).isPositive();

    PullRequest again = open("recovery/closed");
    assertThat(value(bot.pullRequests().of(REPOSITORY, "recovery/closed")))
        .extracting(PullRequest::number)
        .containsExactly(opened.number(), again.number());
  }

  @Test
  void theFirstStatusOfAContextHasTheLowestId() {
    String commit = push("recovery/statuses");
    Gitea alice =
        Gitea.of(GitServer.of(server.url(), new GitServer.Credential("alice", "alice-password")));
    Statuses.Status first =
        value(bot.statuses().post(REPOSITORY, commit, "recovery/x", "pending", "holder 0"));
    for (int i = 1; i < 60; i++) {
      value(alice.statuses().post(REPOSITORY, commit, "recovery/x", "failure", "holder " + i));
    }

    List<Statuses.Status> all = value(bot.statuses().list(REPOSITORY, commit));

    assertThat(all).hasSize(60).isSortedAccordingTo((a, b) -> Long.compare(a.id(), b.id()));
    assertThat(all.get(0)).isEqualTo(first);
    assertThat(first)
        .isEqualTo(new Statuses.Status(first.id(), "recovery/x", "pending", "holder 0", "bot"));
    assertThat(all.get(59).creator()).isEqualTo("alice");
  }

  @Test
  void ofTwoLabelsOfOneNameTheOldestCounts() {
    String labels = "/repos/" + REPOSITORY + "/labels";
    String first = server.as("bot", "POST", labels, Map.of("name", "twin", "color", "#111111"));
    server.as("bot", "POST", labels, Map.of("name", "twin", "color", "#222222"));
    push("recovery/labelled");
    PullRequest opened =
        value(
            bot.pullRequests()
                .open(
                    REPOSITORY,
                    "recovery/labelled",
                    "main",
                    "t",
                    "b",
                    List.of(label("twin")),
                    List.of()));

    String issue = "/repos/" + REPOSITORY + "/issues/" + opened.number() + "/labels";
    String id = first.replaceAll("\\{\"id\":(\\d+),.*", "$1").strip();
    assertThat(opened.labels()).containsExactly("twin");
    assertThat(server.as("bot", "GET", issue, null)).startsWith("[{\"id\":" + id + ",");
  }

  @Test
  void ofManyWhoNeedALabelOneMakesIt() {
    List<List<Long>> ids =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> bot.labels(REPOSITORY).ids(List.of(label("many")), List.of()))
            .toList();

    assertThat(ids).allMatch(one -> one.equals(ids.get(0)));
    assertThat(server.as("bot", "GET", "/repos/" + REPOSITORY + "/labels", null))
        .containsOnlyOnce("\"many\"");
  }

  @Test
  void aLabelThatSomebodyDeletedIsMadeAnew() {
    Labels labels = bot.labels(REPOSITORY);
    List<Label> wanted = List.of(label("brief"));
    long id = labels.ids(wanted, List.of()).get(0);
    server.as("bot", "DELETE", "/repos/" + REPOSITORY + "/labels/" + id, null);
    push("recovery/brief");
    push("recovery/brief2");

    assertThat(open("recovery/brief", wanted).labels()).isEmpty();
    assertThat(open("recovery/brief2", wanted).labels()).containsExactly("brief");
  }

  private PullRequest open(String branch, List<Label> labels) {
    return value(bot.pullRequests().open(REPOSITORY, branch, "main", "t", "b", labels, List.of()));
  }

  @Test
  void theStateOfARepository() {
    assertThat(bot.repositories().state(REPOSITORY))
        .isEqualTo(new RepositoryState.Known("main", false, false, false, true));
    assertThat(bot.repositories().state("edge/nowhere"))
        .isInstanceOf(RepositoryState.Missing.class);
    assertThat(value(bot.whoami())).isEqualTo("bot");
  }

  @Test
  void aWrongPasswordIsNamedAndNotTold() {
    Gitea wrong = Gitea.of(bot("wrong-password-of-bot"));
    RepositoryState state = wrong.repositories().state(REPOSITORY);

    assertThat(state).isInstanceOf(RepositoryState.CredentialRefused.class);
    assertThat(state + " " + wrong.whoami()).doesNotContain("wrong-password-of-bot");
  }

  private static GitServer bot(String password) {
    return GitServer.of(server.url(), new GitServer.Credential("bot", password));
  }

  private PackageRepository repository() {
    return PackageRepository.open(
        bot("bot-password"), REPOSITORY, folder, bot.repositories()::state);
  }

  private String push(String branch) {
    try (PackageRepository repository = repository()) {
      BaseCommit base = ((Fetch.Fetched) repository.fetch("")).base();
      CommitText text =
          new CommitText(
              "Recover",
              new Author("r", "r@example.invalid", "r", "r@example.invalid"),
              Instant.ofEpochSecond(1_800_000_000));
      String commit = repository.commit(base, Map.of(record(branch), "record"), text);
      assertThat(repository.push(branch, commit)).isEqualTo(new Push.Created());
      return commit;
    }
  }

  private static PullRequest open(String branch) {
    return value(
        bot.pullRequests()
            .open(
                REPOSITORY,
                branch,
                "main",
                "Recover",
                "body",
                List.of(label("recovery"), label("restart")),
                List.of(label("recovery/hold"))));
  }

  private static Label label(String name) {
    return new Label(name, "#0e8a16", "what it is");
  }

  private static String record(String branch) {
    return ".recovery/" + branch + ".yaml";
  }

  private static <T> T value(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Ok.class);
    return ((Answer.Ok<T>) answer).value();
  }
}
