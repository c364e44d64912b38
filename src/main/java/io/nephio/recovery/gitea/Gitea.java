package io.nephio.recovery.gitea;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.nephio.recovery.git.GitServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The server's API, version 1. */
public final class Gitea {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(15);
  private static final int PAGE = 50;
  private static final int MOST_PAGES = 400;
  private static final long UNTOLD = -1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final GitServer server;
  private final HttpClient client;
  private final Duration longest;
  private final Map<String, Labels> labels = new ConcurrentHashMap<>();

  /**
   * What was answered.
   *
   * @param total of the list that the body is a page of
   */
  private record Reply(JsonNode body, long total) {}

  /**
   * How a call ended.
   *
   * @param outcome in one word, for those who count
   */
  private record Heard(Answer<Reply> answer, String outcome) {
    static Heard nothing(String outcome, String text) {
      return new Heard(new Answer.Unreachable<>(text), outcome);
    }
  }

  private Gitea(GitServer server, HttpClient client, Duration longest) {
    this.server = server;
    this.client = client;
    this.longest = longest;
  }

  public static Gitea of(GitServer server) {
    return of(server, LONGEST_REQUEST);
  }

  /** One that waits so long for an answer, all of it. */
  static Gitea of(GitServer server, Duration longest) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER);
    server.trust().context().ifPresent(client::sslContext);
    return new Gitea(server, client.build(), longest);
  }

  public PullRequests pullRequests() {
    return new PullRequests(this);
  }

  public Statuses statuses() {
    return new Statuses(this);
  }

  public Repositories repositories() {
    return new Repositories(this);
  }

  /** The login that the credential belongs to. */
  public Answer<String> whoami() {
    return get("/user", "login").map(user -> new Json(user).text("/login"));
  }

  Labels labels(String repository) {
    return labels.computeIfAbsent(repository, name -> new Labels(this, name));
  }

  /**
   * One thing.
   *
   * @param field that it has, or it was not Gitea that answered
   */
  Answer<JsonNode> get(String path, String field) {
    return call("GET", path, null, has(field)).map(Reply::body);
  }

  /** One page of a list. */
  Answer<JsonNode> page(String path) {
    return call("GET", path, null, Gitea::isList).map(Reply::body);
  }

  Answer<JsonNode> post(String path, Map<String, ?> body, String field) {
    return call("POST", path, body, has(field)).map(Reply::body);
  }

  /** What is answered with a list. */
  Answer<JsonNode> postForList(String path, Map<String, ?> body) {
    return call("POST", path, body, Gitea::isList).map(Reply::body);
  }

  Answer<JsonNode> patch(String path, Map<String, ?> body, String field) {
    return call("PATCH", path, body, has(field)).map(Reply::body);
  }

  private static Predicate<JsonNode> has(String field) {
    return node -> node.hasNonNull(field) && !node.path(field).asText().isEmpty();
  }

  /** An empty one may be written as null. */
  private static boolean isList(JsonNode node) {
    return node.isArray() || node.isNull();
  }

  /** Every item of a list; its end is told by their number, or else by an empty page. */
  Answer<List<JsonNode>> all(String path) {
    return all(path, true);
  }

  /** Of a list that tells the number of the items on a page as that of them all. */
  Answer<List<JsonNode>> toAnEmptyPage(String path) {
    return all(path, false);
  }

  private Answer<List<JsonNode>> all(String path, boolean isCounted) {
    List<JsonNode> items = new ArrayList<>();
    String address = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE + "&page=";
    JsonNode before = MissingNode.getInstance();
    for (int page = 1; page <= MOST_PAGES; page++) {
      Answer<Reply> answer = call("GET", address + page, null, Gitea::isList);
      if (!(answer instanceof Answer.Ok<Reply> ok)) {
        return answer.map(reply -> List.of());
      }
      // A list that knows no pages is the same on each of them.
      JsonNode found = ok.value().body();
      if (found.isEmpty() || found.equals(before)) {
        return new Answer.Ok<>(items);
      }
      before = found;
      before.forEach(items::add);
      if (isCounted && items.size() == ok.value().total()) {
        return new Answer.Ok<>(items);
      }
    }
    return new Answer.Refused<>(200, path + " does not end");
  }

  private Answer<Reply> call(
      String method, String path, @Nullable Map<String, ?> body, Predicate<JsonNode> expected) {
    Optional<String> pause = server.pause().reason();
    if (pause.isPresent()) {
      return new Answer.Unreachable<>(pause.get());
    }
    Heard heard = send(request(method, path, body), expected);
    server.calls().made(operation(method, path), heard.outcome());
    return heard.answer();
  }

  /** The kinds of things on the way, without their names and numbers. */
  static String operation(String method, String path) {
    String things =
        Stream.of(path.replaceAll("[?].*|^/repos/[^/?]+/[^/?]+", "").split("/", -1))
            .filter(part -> part.matches("[a-z_]+"))
            .collect(Collectors.joining("/"));
    return method + " " + (things.isEmpty() ? "repository" : things);
  }

  private Heard send(HttpRequest request, Predicate<JsonNode> expected) {
    CompletableFuture<HttpResponse<String>> response =
        client.sendAsync(request, BodyHandlers.ofString());
    try {
      // The client's own limit ends with the headers; the body may take for ever.
      return read(response.get(longest.toMillis(), TimeUnit.MILLISECONDS), expected);
    } catch (TimeoutException e) {
      response.cancel(true);
      return Heard.nothing("timeout", "no whole answer after " + longest.toSeconds() + " s");
    } catch (InterruptedException e) {
      response.cancel(true);
      Thread.currentThread().interrupt();
      return Heard.nothing("interrupted", "interrupted");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      // A refused connection has a class and no message.
      String text = cause.getClass().getSimpleName();
      return Heard.nothing(
          cause instanceof HttpTimeoutException ? "timeout" : "unreachable",
          server.told(cause.getMessage() == null ? text : text + ": " + cause.getMessage()));
    }
  }

  private HttpRequest request(String method, String path, @Nullable Map<String, ?> body) {
    GitServer.Credential credential = server.credential();
    String pair = credential.username() + ":" + credential.password();
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(URI.create(server.url() + "/api/v1" + path))
        .timeout(longest)
        .header("Authorization", "Basic " + basic)
        .header("Accept", "application/json")
        .header("Content-Type", "application/json")
        .method(method, body == null ? BodyPublishers.noBody() : publisher(body))
        .build();
  }

  private static BodyPublisher publisher(Map<String, ?> body) {
    try {
      return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private Heard read(HttpResponse<String> response, Predicate<JsonNode> expected) {
    int status = response.statusCode();
    boolean isOk = status >= 200 && status < 300;
    JsonNode body = parse(response.body());
    if (isOk && body != null && expected.test(body)) {
      return new Heard(new Answer.Ok<>(new Reply(body, total(response))), "ok");
    }
    server.pause().heed(status, header(response, "Retry-After"), header(response, "Date"));
    String text = server.told(status + message(response, body));
    if (status >= 500 || status == 429 || status == 408) {
      return Heard.nothing("unavailable-" + status, text);
    }
    return new Heard(new Answer.Refused<>(status, text), "refused-" + status);
  }

  private static String message(HttpResponse<String> response, @Nullable JsonNode body) {
    String location = header(response, "Location");
    if (location != null) {
      return ": it leads to " + location;
    }
    if (body == null) {
      return " a page and no JSON, as a login page is: " + response.body();
    }
    if (response.statusCode() < 300) {
      return body.isMissingNode() ? " and nothing else" : " and not what was asked for: " + body;
    }
    String message = new Json(body).text("/message");
    return message.isBlank() ? "" : " " + message;
  }

  private static long total(HttpResponse<String> response) {
    String total = header(response, "X-Total-Count");
    return total == null || !total.matches("[0-9]{1,9}") ? UNTOLD : Long.parseLong(total);
  }

  private static @Nullable String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  /** Nothing if it is not JSON, as a login page is not. */
  private static @Nullable JsonNode parse(String body) {
    if (body.isBlank()) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
