package io.nephio.recovery.operator;

import io.nephio.recovery.git.Author;
import io.nephio.recovery.git.GitServer;
import io.nephio.recovery.git.PackageRepository;
import io.nephio.recovery.git.RepositoryState;
import io.nephio.recovery.gitea.Answer;
import io.nephio.recovery.gitea.Gitea;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The Git server, with one credential. */
final class Forge implements AutoCloseable {
  /** Every change in any cluster makes every policy look, and a repository hardly ever changes. */
  private static final Duration KNOWN_FOR = Duration.ofSeconds(30);

  /** For so long after it was told: whoever waits for a server that hangs is not to wait anew. */
  private static final Duration FAILED_FOR = Duration.ofSeconds(3);

  private static final Duration GLANCE = Duration.ofSeconds(2);

  private static final int FORBIDDEN = 403;

  private final GitServer server;
  private final Gitea gitea;
  private final Path caches;
  private final Author author;
  private final Glances glances;
  private final Map<String, PackageRepository> repositories = new ConcurrentHashMap<>();
  private final Map<String, Told> states = new ConcurrentHashMap<>();
  private volatile @Nullable String login;

  private record Told(RepositoryState state, Instant until) {}

  Forge(GitServer server, Path caches, Author author) {
    this(server, caches, author, GLANCE);
  }

  /** One that takes what it saw so long ago for the present. */
  Forge(GitServer server, Path caches, Author author, Duration glance) {
    this.author = author;
    this.server = server;
    this.gitea = Gitea.of(server);
    this.caches = caches;
    this.glances = new Glances(gitea.pullRequests(), glance);
  }

  Gitea gitea() {
    return gitea;
  }

  Glances glances() {
    return glances;
  }

  /** Of the server, as its repositories are found below. */
  String address() {
    return server.url().toString();
  }

  /** How long the server wants to be left alone. */
  Duration pause() {
    return server.pause().left();
  }

  Author author() {
    return author;
  }

  GitServer.Credential credential() {
    return server.credential();
  }

  PackageRepository repository(String name) {
    return repositories.computeIfAbsent(
        GitServer.repository(name),
        key ->
            PackageRepository.open(
                server, key, caches.resolve(key.replace('/', '_')), gitea.repositories()::state));
  }

  /**
   * As it is now, or as it was a moment ago; half a minute ago at most if proposals could be
   * written there.
   */
  RepositoryState state(String repository, Instant at) {
    Told told = states.get(repository);
    if (told != null && at.isBefore(told.until())) {
      return told.state();
    }
    long asked = System.nanoTime();
    RepositoryState state = gitea.repositories().state(repository);
    Instant now = at.plusNanos(System.nanoTime() - asked);
    boolean isWell = state instanceof RepositoryState.Known known && known.takesBranches();
    states.put(repository, new Told(state, now.plus(isWell ? KNOWN_FOR : FAILED_FOR)));
    return state;
  }

  /**
   * Whose credential it is; empty while the server does not tell. A token that may write
   * repositories and issues may not ask that, and then the Secret is believed.
   */
  Optional<String> login() {
    if (login == null) {
      Answer<String> who = gitea.whoami();
      if (who instanceof Answer.Ok<String> ok) {
        login = ok.value();
      } else if (who instanceof Answer.Refused<String> refused && refused.status() == FORBIDDEN) {
        login = server.credential().username();
      }
    }
    return Optional.ofNullable(login);
  }

  @Override
  public void close() {
    repositories.values().forEach(PackageRepository::close);
  }
}
