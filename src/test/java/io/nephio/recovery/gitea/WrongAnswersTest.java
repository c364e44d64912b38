package io.nephio.recovery.gitea;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.git.GitServer;
import io.nephio.recovery.git.RepositoryState;
import io.nephio.recovery.servers.Line;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers in the place of Gitea, and what that is taken for. */
class WrongAnswersTest {
  private static final String NAME = "nephio/mgmt";
  private static final String NOBODY = "http://127.0.0.1:1";
  private static final String COMMIT = "0123456789012345678901234567890123456789";
  private static final PullRequest PULL =
      new PullRequest(
          7, "", "b", COMMIT, "main", "", true, true, false, null, null, null, List.of(), "t", "b",
          "bot");

  private static final Map<String, Function<Gitea, Answer<?>>> THINGS =
      Map.of(
          "whoami", Gitea::whoami,
          "get", gitea -> gitea.pullRequests().get(NAME, 7),
          "open", gitea -> open(gitea.pullRequests()),
          "close", gitea -> gitea.pullRequests().close(NAME, PULL),
          "body", gitea -> gitea.pullRequests().body(NAME, 7, "b"),
          "comment", gitea -> gitea.pullRequests().comment(NAME, 7, "c"),
          "status", gitea -> gitea.statuses().post(NAME, COMMIT, "c", "success", "d"));

  private static final Map<String, Function<Gitea, Answer<?>>> LISTS =
      Map.of(
          "pulls", gitea -> gitea.pullRequests().of(NAME, "b"),
          "glances", gitea -> gitea.pullRequests().glances(NAME),
          "reviewers", gitea -> gitea.pullRequests().reviewers(NAME, 7),
          "commits", gitea -> gitea.pullRequests().commits(NAME, 7),
          "history", gitea -> gitea.pullRequests().history(NAME, COMMIT),
          "comments", gitea -> gitea.pullRequests().comments(NAME, 7),
          "statuses", gitea -> gitea.statuses().list(NAME, COMMIT));

  private final List<String> outcomes = new CopyOnWriteArrayList<>();

  static Stream<Arguments> wrong() {
    return Stream.concat(
        pairs(THINGS, "", " ", "null", "[]", "{}", "{\"ok\":true}", "{\"login\":\"\"}", "\"x\""),
        Stream.concat(
            pairs(LISTS, "", " ", "{}", "{\"data\":[]}", "\"x\""),
            pairs(
                Map.of(
                    "closedBy", gitea -> gitea.pullRequests().closedBy(NAME, 7),
                    "askForReview",
                        gitea -> gitea.pullRequests().askForReview(NAME, 7, "reviewers", "alice")),
                "",
                "{}")));
  }

  private static Stream<Arguments> pairs(
      Map<String, Function<Gitea, Answer<?>>> calls, String... bodies) {
    return calls.entrySet().stream()
        .flatMap(
            call -> Stream.of(bodies).map(b -> Arguments.of(call.getKey(), call.getValue(), b)));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("wrong")
  void isNoAnswer(String name, Function<Gitea, Answer<?>> call, String body) {
    try (Line line = answering("200 OK", "X-None: 1", body)) {
      assertThat(call.apply(gitea(line.url())))
          .as(name)
          .isInstanceOfSatisfying(
              Answer.Refused.class,
              refused -> {
                assertThat(refused.status()).isEqualTo(200);
                assertThat(refused.text())
                    .startsWith(
                        body.isBlank() ? "200 and nothing else" : "200 and not what was asked for");
              });
      assertThat(outcomes).contains("refused-200");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null"})
  void aListMayBeEmpty(String body) {
    try (Line line = answering("200 OK", "X-None: 1", body)) {
      LISTS.values().stream()
          .map(call -> call.apply(gitea(line.url())))
          .forEach(answer -> assertThat(answer).isEqualTo(new Answer.Ok<>(List.of())));
    }
  }

  /** A filter that the server does not know is one that it does not tell of. */
  @Test
  void ofAListThatIsNotFilteredOnlyOpenPullRequestsCount() {
    String item =
        "{\"number\":%d,\"state\":\"%s\",\"pull_request\":%s,\"user\":{\"login\":\"bot\"}}";
    String all =
        List.of(
                item.formatted(1, "open", "{}"),
                item.formatted(2, "closed", "{}"),
                item.formatted(3, "open", "null"))
            .toString();
    try (Line line = answering("200 OK", "X-None: 1", all)) {
      assertThat(((Answer.Ok<List<Glance>>) gitea(line.url()).pullRequests().glances(NAME)).value())
          .extracting(Glance::number)
          .containsExactly(1L);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "200 OK                 | X-None: 1                    | NotGit            | 200 and nothing else",
        "204 No Content         | X-None: 1                    | NotGit            | 204 and nothing else",
        "301 Moved Permanently  | Location: https://git.test/a | Moved             | 301: it leads to https://git.test/a",
        "302 Found              | Location: https://git.test/a | NotGit            | 302: it leads to https://git.test/a",
        "307 Temporary Redirect | Location: /api/v1/repos/a/b  | Moved             | 307: it leads to /api/v1/repos/a/b",
        "308 Permanent Redirect | Location: https://git.test/a | Moved             | 308: it leads to https://git.test/a",
        "401 Unauthorized       | X-None: 1                    | CredentialRefused | 401",
        "404 Not Found          | X-None: 1                    | Missing           | 404",
        "502 Bad Gateway        | X-None: 1                    | Unreachable       | 502",
      })
  void isAStateOfARepository(String status, String header, String state, String text) {
    try (Line line = answering(status, header, "")) {
      RepositoryState is = gitea(line.url()).repositories().state(NAME);
      assertThat(is.getClass().getSimpleName()).isEqualTo(state);
      assertThat(is.toString()).endsWith("[text=" + text + "]");
    }
  }

  /** Whatever was asked: what may pass is told from what will not. */
  @ParameterizedTest
  @CsvSource({
    "405 Method Not Allowed, Refused",
    "409 Conflict, Refused",
    "422 Unprocessable Entity, Refused",
    "423 Locked, Refused",
    "429 Too Many Requests, Unreachable",
    "500 Internal Server Error, Unreachable",
    "503 Service Unavailable, Unreachable"
  })
  void aStatusMeansTheSameForEveryCall(String status, String answer) {
    try (Line line = answering(status, "X-None: 1", "{\"message\":\"try again later\"}")) {
      Stream.of(THINGS, LISTS)
          .flatMap(calls -> calls.values().stream())
          .map(call -> call.apply(gitea(line.url())))
          .forEach(
              told -> {
                assertThat(told.getClass().getSimpleName()).isEqualTo(answer);
                assertThat(told.toString()).contains(status.substring(0, 3) + " try again later");
              });
    }
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "200 OK, '{\"login\":\"bot\"}', ok",
    "404 Not Found, '', refused-404",
    "408 Request Timeout, '', unavailable-408",
    "429 Too Many Requests, '', unavailable-429",
    "503 Service Unavailable, '', unavailable-503",
  })
  void isCountedByItsStatus(String status, String body, String outcome) {
    try (Line line = answering(status, "X-None: 1", body)) {
      Answer<String> unused = gitea(line.url()).whoami();
      assertThat(outcomes).containsExactly(outcome);
    }
  }

  @Test
  void whoDoesNotAnswerIsCountedToo() throws IOException {
    Answer<String> nobody = gitea(NOBODY).whoami();
    assertThat(nobody).isInstanceOf(Answer.Unreachable.class);
    try (Trickle trickle = new Trickle()) {
      GitServer server = server(trickle.url());
      Answer<String> slow = Gitea.of(server, Duration.ofMillis(300)).whoami();
      assertThat(slow).isInstanceOf(Answer.Unreachable.class);
    }
    assertThat(outcomes).containsExactly("unreachable", "timeout");
  }

  private static Answer<PullRequest> open(PullRequests pulls) {
    return pulls.open(NAME, "b", "main", "t", "b", List.of(), List.of());
  }

  private static Line answering(String status, String header, String body) {
    return Line.to(
        NOBODY,
        new Line.Cutter() {
          @Override
          public Optional<Line.Reply> instead(Line.Request request) {
            return Optional.of(new Line.Reply(status, List.of(header), body));
          }
        });
  }

  private GitServer server(String url) {
    return GitServer.of(url, new GitServer.Credential("bot", "bot-password"))
        .counted((operation, outcome) -> outcomes.add(outcome));
  }

  private Gitea gitea(String url) {
    return Gitea.of(server(url));
  }
}
