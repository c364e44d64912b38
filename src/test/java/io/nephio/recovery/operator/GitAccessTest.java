package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.git.RepositoryState;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How it is told what is wrong with a repository. */
class GitAccessTest {
  private static final String NAME = "nephio/mgmt";
  private static final String URL = "http://git.test";

  static Stream<Arguments> states() {
    return Stream.of(
        Arguments.of(
            new RepositoryState.Missing("404"),
            "RepositoryMissing",
            "repository nephio/mgmt does not exist, or this user may not see it"),
        Arguments.of(
            new RepositoryState.Moved("308: it leads to https://git.test/"),
            "RepositoryMoved",
            "repository nephio/mgmt is not at http://git.test: 308: it leads to"
                + " https://git.test/"),
        Arguments.of(
            new RepositoryState.NotGit("302: it leads to https://login.test/"),
            "NotGit",
            "what answers at http://git.test is not Gitea: 302: it leads to https://login.test/"),
        Arguments.of(
            new RepositoryState.CredentialRefused("401"),
            "CredentialRefused",
            "the Git server refuses the user or password of Secret default/git-user-secret: 401"),
        Arguments.of(
            new RepositoryState.Unreachable("ConnectException"),
            "GitUnreachable",
            "http://git.test does not answer: ConnectException"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("states")
  void isNamed(RepositoryState state, String reason, String message) {
    assertThat(problem(state)).contains(new GitAccess.Problem(reason, message));
  }

  @Test
  void isNothingWhereProposalsCanBeWritten() {
    assertThat(problem(new RepositoryState.Known("main", false, false, false, true))).isEmpty();
  }

  /** Another authority mends no certificate that has expired. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "PKIX path building failed: unable to find valid certification path to requested target | true",
        "PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed | false",
        "PKIX path validation failed: NotAfter: Thu Nov 26 05:24:00 UTC 2026, expired | false",
        "No subject alternative DNS name matching git.test found | false",
        "ConnectException | false",
      })
  void anAuthorityIsAskedForWhereNoneIsKnown(String text, boolean isAsked) {
    GitAccess.Problem problem =
        problem(new RepositoryState.Unreachable("SSLHandshakeException: " + text)).orElseThrow();
    assertThat(problem.message()).contains(text);
    assertThat(problem.message().contains("add the authority")).isEqualTo(isAsked);
  }

  private static Optional<GitAccess.Problem> problem(RepositoryState state) {
    return GitAccess.problem(Settings.of(Map.of("GIT_SERVER_URL", URL)), NAME, state);
  }
}
