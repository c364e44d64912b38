package io.nephio.recovery.servers;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nephio.recovery.git.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A real Gitea with SQLite, empty but for its administrator. */
public final class GiteaServer implements AutoCloseable {
  public static final String ADMIN = "nephio";
  public static final String PASSWORD = "secret";

  private static final List<String> STATE =
      List.of("gitea.db", "gitea.db-wal", "gitea.db-shm", "repos", "data");
  private static final int PAGE = 50;
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<GiteaServer> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(GiteaServer::close)));
  }

  private final Path binaries;
  private final int port = ServerProcess.freePort();
  private final Map<String, String> passwords = new ConcurrentHashMap<>(Map.of(ADMIN, PASSWORD));
  private final Optional<Authority> authority;
  private final HttpClient client;
  private final Path folder;
  private @Nullable ServerProcess process;

  /** What is tested against, by the name under which it is built. */
  public enum Version {
    /** 1.19.3, which Nephio ships. */
    NEPHIO("gitea"),
    NEWEST("gitea-newest");

    private final String build;

    Version(String build) {
      this.build = build;
    }
  }

  private GiteaServer(Version version, Optional<Authority> authority, int page) {
    binaries = Servers.folder(version.build);
    this.authority = authority;
    client = client(authority);
    try {
      folder = Files.createTempDirectory("gitea-");
      Files.createDirectories(folder.resolve("home"));
      Files.writeString(
          folder.resolve("app.ini"),
          new GiteaConfiguration(folder, binaries, url(), protocol(), port, page).text());
      if (authority.isPresent()) {
        Authority.Identity identity = authority.get().server();
        Files.writeString(folder.resolve("server.crt"), identity.certificate());
        Files.writeString(folder.resolve("server.key"), identity.key());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static GiteaServer start() {
    return start(Version.NEPHIO);
  }

  /** It speaks TLS, with a certificate of an authority that nobody knows. */
  public static GiteaServer startWithTls() {
    return start(Version.NEPHIO, Optional.of(new Authority("the one of this Gitea")), PAGE);
  }

  public static GiteaServer start(Version version) {
    return start(version, Optional.empty(), PAGE);
  }

  /** It gives no more than so many items of a list at once. */
  public static GiteaServer startWithPagesOf(Version version, int items) {
    return start(version, Optional.empty(), items);
  }

  private static GiteaServer start(Version version, Optional<Authority> authority, int page) {
    GiteaServer server = new GiteaServer(version, authority, page);
    RUNNING.add(server);
    server.run("migrate");
    server.run(
        "admin",
        "user",
        "create",
        "--admin",
        "--username",
        ADMIN,
        "--password",
        PASSWORD,
        "--email",
        ADMIN + "@example.invalid",
        "--must-change-password=false");
    server.resume();
    return server;
  }

  public String url() {
    return protocol() + "://127.0.0.1:" + port;
  }

  /** The certificate of the authority, as PEM text. */
  public String authority() {
    return authority.orElseThrow().certificate();
  }

  private String protocol() {
    return authority.isPresent() ? "https" : "http";
  }

  private static HttpClient client(Optional<Authority> authority) {
    HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    authority.flatMap(a -> Trust.with(a.certificate()).context()).ifPresent(client::sslContext);
    return client.build();
  }

  /** The server goes away and leaves its state; {@link #resume} brings it back. */
  public void stop() {
    if (process != null) {
      process.stop(GRACE);
      process = null;
    }
  }

  /** It gets no chance to end in order. */
  public void kill() {
    if (process != null) {
      process.kill();
      process = null;
    }
  }

  public void resume() {
    ServerProcess started = ServerProcess.start(folder.resolve("console.log"), command("web"));
    process = started;
    await("Gitea answers")
        .atMost(START)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .until(
            () -> {
              started.assertRunning();
              return send(ADMIN, "GET", "/version", null).statusCode() == 200;
            });
  }

  /** All it knows, as of now. */
  public Path backup() {
    Path copy = folder.resolve("backup-" + System.nanoTime());
    stop();
    copy(folder, copy);
    resume();
    return copy;
  }

  /** Everything since then is forgotten. */
  public void restore(Path backup) {
    stop();
    for (String one : STATE) {
      if (Files.exists(folder.resolve(one))) {
        ServerProcess.delete(folder.resolve(one));
      }
    }
    copy(backup, folder);
    resume();
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to);
      for (String one : STATE) {
        if (Files.exists(from.resolve(one))) {
          int code =
              new ProcessBuilder("cp", "-a", from.resolve(one).toString(), to.toString())
                  .inheritIO()
                  .start()
                  .waitFor();
          if (code != 0) {
            throw new IllegalStateException("cp of " + one + ": " + code);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public void createUser(String name, String password) {
    passwords.put(name, password);
    String email = name + "@example.invalid";
    call(
        "POST",
        "/admin/users",
        Map.of(
            "username", name, "password", password, "email", email, "must_change_password", false));
  }

  /** A token of this user, with these scopes as this version calls them. */
  public String token(String user, String... scopes) {
    Map<String, Object> wanted = Map.of("name", "t" + System.nanoTime(), "scopes", scopes);
    try {
      return JSON.readTree(as(user, "POST", "/users/" + user + "/tokens", wanted))
          .path("sha1")
          .asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void createOrg(String name) {
    call("POST", "/orgs", Map.of("username", name));
  }

  /** The owner is a user or an organization. */
  public void createRepository(String repository, boolean autoInit) {
    String[] parts = repository.split("/", 2);
    call(
        "POST",
        "/admin/users/" + parts[0] + "/repos",
        Map.of("name", parts[1], "auto_init", autoInit, "default_branch", "main"));
  }

  /** The permission is {@code read}, {@code write} or {@code admin}. */
  public void collaborator(String repository, String user, String permission) {
    call(
        "PUT", "/repos/" + repository + "/collaborators/" + user, Map.of("permission", permission));
  }

  public void archive(String repository) {
    call("PATCH", "/repos/" + repository, Map.of("archived", true));
  }

  /** Nobody may push to branches of this name. */
  public void protect(String repository, String branch) {
    call(
        "POST",
        "/repos/" + repository + "/branch_protections",
        Map.of("branch_name", branch, "rule_name", branch, "enable_push", false));
  }

  public void createBranch(String repository, String branch) {
    call("POST", "/repos/" + repository + "/branches", Map.of("new_branch_name", branch));
  }

  public void createFile(String repository, String branch, String path, String text) {
    String content = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    call(
        "POST",
        "/repos/" + repository + "/contents/" + path,
        Map.of("branch", branch, "content", content, "message", "Add " + path));
  }

  /** The style is {@code merge}, {@code squash}, {@code rebase} or {@code rebase-merge}. */
  public void merge(String repository, long number, String user, String style) {
    String path = "/repos/" + repository + "/pulls/" + number + "/merge";
    // Whether it can be merged is computed late, and until then the answer is to try again.
    await("merged")
        .pollInterval(Duration.ofMillis(50))
        .until(() -> send(user, "POST", path, Map.of("Do", style)).statusCode() == 200);
  }

  /** A page as anybody's browser gets it. */
  public String page(String path) {
    try {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(url() + path)).timeout(START).build(),
              HttpResponse.BodyHandlers.ofString());
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Any call as any user, which must succeed. */
  public String as(String user, String method, String path, @Nullable Map<String, ?> body) {
    HttpResponse<String> response = send(user, method, path, body);
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          method + " " + path + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  @Override
  public void close() {
    stop();
    if (RUNNING.remove(this)) {
      ServerProcess.delete(folder);
    }
  }

  private void call(String method, String path, Map<String, ?> body) {
    as(ADMIN, method, path, body);
  }

  /** A POST by another way to this server, on which the answer is lost. */
  public void unanswered(String by, String user, String path, Map<String, ?> body) {
    try {
      throw new AssertionError(send(by, user, "POST", path, body));
    } catch (UncheckedIOException e) {
      // As it should be.
      return;
    }
  }

  private HttpResponse<String> send(
      String user, String method, String path, @Nullable Map<String, ?> body) {
    return send(url(), user, method, path, body);
  }

  private HttpResponse<String> send(
      String by, String user, String method, String path, @Nullable Map<String, ?> body) {
    String pair = user + ":" + passwords.get(user);
    try {
      byte[] content = body == null ? new byte[0] : JSON.writeValueAsBytes(body);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(by + "/api/v1" + path))
              .timeout(START)
              .header(
                  "Authorization",
                  "Basic "
                      + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofByteArray(content))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void run(String... arguments) {
    Path log = folder.resolve("setup.log");
    try {
      Process setup =
          new ProcessBuilder(command(arguments))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      if (setup.waitFor() != 0) {
        throw new IllegalStateException("gitea " + arguments[0] + "\n" + Files.readString(log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "-u",
                "XDG_CONFIG_HOME",
                "HOME=" + folder.resolve("home"),
                "USER=" + System.getProperty("user.name"),
                "GITEA_WORK_DIR=" + folder,
                "GITEA_CUSTOM=" + folder.resolve("custom"),
                binaries.resolve("gitea").toString(),
                "--config",
                folder.resolve("app.ini").toString()));
    command.addAll(List.of(arguments));
    return command;
  }
}
