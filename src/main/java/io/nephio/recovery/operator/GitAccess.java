package io.nephio.recovery.operator;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nephio.recovery.clusters.Trouble;
import io.nephio.recovery.git.Calls;
import io.nephio.recovery.git.GitServer;
import io.nephio.recovery.git.RepositoryState;
import io.nephio.recovery.git.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way to the Git server: the Secret is read anew every second, so a new password needs no
 * restart.
 */
final class GitAccess implements AutoCloseable {
  /** As Flux names it in such a Secret: who may have signed the server's certificate. */
  private static final String AUTHORITIES = "ca.crt";

  /** How Java says that nobody it knows has. */
  private static final String UNTRUSTED = "PKIX path building failed";

  private static final Duration KNOWN_FOR = Duration.ofSeconds(1);

  private final KubernetesClient management;
  private final Settings settings;
  private final Calls calls;
  private final Sightings sightings = new Sightings();
  private @Nullable Forge forge;
  private String authorities = "";
  private long read;

  sealed interface Access {

    default <T> T map(Function<Forge, T> ready, Function<Problem, T> problem) {
      return this instanceof Ready way ? ready.apply(way.forge()) : problem.apply((Problem) this);
    }
  }

  record Ready(Forge forge) implements Access {}

  /**
   * No way there now.
   *
   * @param reason as the condition GitReady gives it
   */
  record Problem(String reason, String message) implements Access {}

  GitAccess(KubernetesClient management, Settings settings, Calls calls) {
    this.calls = calls;
    this.management = management;
    this.settings = settings;
  }

  /** What the pull requests are told of, from the passes that see it. */
  Sightings sightings() {
    return sightings;
  }

  /** How long the server wants to be left alone. */
  synchronized Duration pause() {
    return forge == null ? Duration.ZERO : forge.pause();
  }

  synchronized Access open() {
    if (forge != null && System.nanoTime() - read < KNOWN_FOR.toNanos()) {
      return new Ready(forge);
    }
    try {
      Secret secret =
          management
              .secrets()
              .inNamespace(settings.secretNamespace())
              .withName(settings.secretName())
              .get();
      if (secret == null) {
        return new Problem("SecretMissing", "Secret " + settings.secret() + " does not exist");
      }
      return open(secret.getData() == null ? Map.of() : secret.getData());
    } catch (KubernetesClientException e) {
      String text = "Secret " + settings.secret() + " cannot be read: " + Trouble.text(e);
      return new Problem("SecretUnreadable", text);
    }
  }

  private Access open(Map<String, String> data) {
    Optional<String> username = decoded(data, "username");
    Optional<String> password = decoded(data, "password");
    if (username.isEmpty() || password.isEmpty()) {
      String missing = username.isEmpty() ? "username" : "password";
      return new Problem(
          "SecretIncomplete", "Secret " + settings.secret() + " has no value for " + missing);
    }
    String given = decoded(data, AUTHORITIES).orElse("");
    var credential = new GitServer.Credential(username.get(), password.get());
    if (forge == null || !forge.credential().equals(credential) || !given.equals(authorities)) {
      close();
      try {
        Trust trust = given.isEmpty() ? Trust.SYSTEM : Trust.with(given);
        GitServer server = GitServer.of(settings.serverUrl(), credential).trusting(trust);
        forge = new Forge(server.counted(calls), caches(), settings.author());
        authorities = given;
      } catch (IllegalArgumentException e) {
        String text = "Secret " + settings.secret() + ", " + AUTHORITIES + ": " + e.getMessage();
        return new Problem("AuthorityInvalid", text);
      }
    }
    read = System.nanoTime();
    return new Ready(forge);
  }

  /** The way to this repository, if proposals can be written there now. */
  Access open(String repository, Instant at) {
    Access access = open();
    if (access instanceof Ready ready) {
      try {
        var unused = GitServer.repository(repository);
      } catch (IllegalArgumentException e) {
        return new Problem("RepositoryInvalid", String.valueOf(e.getMessage()));
      }
      return problem(settings, repository, ready.forge().state(repository, at))
          .<Access>map(p -> p)
          .orElse(access);
    }
    return access;
  }

  /** Why nothing can be proposed in a repository of this state; empty if it can. */
  static Optional<Problem> problem(Settings settings, String repository, RepositoryState state) {
    if (state instanceof RepositoryState.Missing) {
      return problem(
          "RepositoryMissing",
          "repository " + repository + " does not exist, or this user may not see it");
    }
    if (state instanceof RepositoryState.Moved moved) {
      return problem(
          "RepositoryMoved",
          "repository " + repository + " is not at " + settings.serverUrl() + ": " + moved.text());
    }
    if (state instanceof RepositoryState.CredentialRefused refused) {
      return problem(
          "CredentialRefused",
          "the Git server refuses the user or password of Secret "
              + settings.secret()
              + ": "
              + refused.text());
    }
    if (state instanceof RepositoryState.NotGit other) {
      return problem(
          "NotGit", "what answers at " + settings.serverUrl() + " is not Gitea: " + other.text());
    }
    if (state instanceof RepositoryState.Unreachable unreachable) {
      return problem(
          "GitUnreachable",
          settings.serverUrl()
              + " does not answer: "
              + unreachable.text()
              + (unreachable.text().contains(UNTRUSTED)
                  ? "; add the authority that signed its certificate to Secret "
                      + settings.secret()
                      + " as "
                      + AUTHORITIES
                  : ""));
    }
    RepositoryState.Known known = (RepositoryState.Known) state;
    if (known.archived()) {
      return problem("RepositoryArchived", "repository " + repository + " is archived");
    }
    if (known.mirror()) {
      return problem(
          "RepositoryMirror", "repository " + repository + " is a mirror: nothing can be pushed");
    }
    if (known.empty()) {
      return problem(
          "RepositoryEmpty",
          "repository " + repository + " holds no commit: add one, such as a README");
    }
    return known.mayPush()
        ? Optional.empty()
        : problem("RepositoryReadOnly", "this user may not push to repository " + repository);
  }

  private static Optional<Problem> problem(String reason, String message) {
    return Optional.of(new Problem(reason, message));
  }

  private static Optional<String> decoded(Map<String, String> data, String key) {
    String value = data.get(key);
    if (value == null) {
      return Optional.empty();
    }
    String text = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    // Files and editors end a text with a line break that is no part of it.
    return Optional.of(text.replaceAll("[\\r\\n]+$", "")).filter(t -> !t.isEmpty());
  }

  private static java.nio.file.Path caches() {
    try {
      return Files.createTempDirectory("recovery-git-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    if (forge != null) {
      forge.close();
      forge = null;
    }
  }
}
