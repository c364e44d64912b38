package io.nephio.recovery.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephio.recovery.git.Author;
import io.nephio.recovery.git.CommitText;
import io.nephio.recovery.git.Failure;
import io.nephio.recovery.git.Fetch;
import io.nephio.recovery.git.GitServer;
import io.nephio.recovery.git.PackageRepository;
import io.nephio.recovery.git.Push;
import io.nephio.recovery.git.RefusedReason;
import io.nephio.recovery.git.RepositoryState;
import io.nephio.recovery.git.Trust;
import io.nephio.recovery.servers.GiteaServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Gitea whose certificate nobody has signed whom this machine knows. */
class TrustIT {
  private static final String NAME = "nephio/mgmt";

  @AutoClose private static GiteaServer server;
  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    server = GiteaServer.startWithTls();
    server.createRepository(NAME, true);
  }

  @Test
  void whoTrustsItsAuthoritySpeaksToBothOfItsSides() {
    GitServer trusted = server(Trust.with(server.authority()));
    assertThat(state(trusted)).isInstanceOf(RepositoryState.Known.class);
    try (PackageRepository repository = open(trusted)) {
      Fetch.Fetched fetched = (Fetch.Fetched) repository.fetch("main");
      CommitText text =
          new CommitText("Add a file", Author.DEFAULT, Instant.parse("2026-01-02T03:04:05Z"));
      String commit = repository.commit(fetched.base(), Map.of("new.yaml", "a: b\n"), text);

      assertThat(repository.push("recovery/x/y", commit)).isEqualTo(new Push.Created());
    }
  }

  @Test
  void whoDoesNotTrustItSendsNothing() {
    GitServer untrusting = server(Trust.SYSTEM);
    assertThat(state(untrusting))
        .isInstanceOfSatisfying(
            RepositoryState.Unreachable.class,
            u -> assertThat(u.text()).contains("PKIX path building failed"));
    try (PackageRepository repository = open(untrusting)) {
      assertThat(repository.fetch("main"))
          .isInstanceOfSatisfying(
              Failure.Refused.class, r -> assertThat(r.reason()).isEqualTo(RefusedReason.Tls));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", " ", "-----BEGIN CERTIFICATE-----"})
  void whatIsNoCertificateIsSaidToBeNone(String text) {
    assertThatThrownBy(() -> Trust.with(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("it is not a certificate in PEM form");
  }

  private static GitServer server(Trust trust) {
    var credential = new GitServer.Credential(GiteaServer.ADMIN, GiteaServer.PASSWORD);
    return GitServer.of(server.url(), credential).trusting(trust);
  }

  private static RepositoryState state(GitServer of) {
    return Gitea.of(of).repositories().state(NAME);
  }

  private PackageRepository open(GitServer of) {
    return PackageRepository.open(of, NAME, folder, Gitea.of(of).repositories()::state);
  }
}
