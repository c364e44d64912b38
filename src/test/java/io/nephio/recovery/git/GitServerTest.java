package io.nephio.recovery.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitServerTest {
  private static final GitServer.Credential BOT = new GitServer.Credential("bot", "pass word");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "git@host:a/b",
        "ftp://host",
        "http://",
        "http://bot:pass@host",
        "file:///tmp",
        "http://bot:pa ss@host"
      })
  void anAddressIsHttpAndHoldsNoCredential(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GitServer.of(url, BOT))
        .withMessageNotContaining("pass")
        .withNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a/b/c", "../b", "a/..", "a/b?c", "a/b%2f", "http://h/b", "a/"})
  void aRepositoryIsOwnerAndName(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> GitServer.repository(name));
  }

  @Test
  void whatTheServerSaysIsCutAndHoldsNoPassword() {
    GitServer server = GitServer.of("https://git.example/ ", BOT);

    assertThat(server.url()).hasToString("https://git.example");
    assertThat(server.told("no\n \u001b[31mpass word\u0000 here ")).isEqualTo("no *** here");
    assertThat(server.told("x".repeat(10_000))).hasSize(500);
    assertThat(server.toString()).doesNotContain("pass word");
  }

  /** As a proxy shows it that repeats what it was asked. */
  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "bot, pass word, it is pass word",
    "bot, pass word, Authorization: Basic Ym90OnBhc3Mgd29yZA==",
    "bot, pass word, Authorization: Basic Ym90OnBhc3Mgd29yZA",
    "bot, pass word, http://bot:pass+word@git.test",
    "bot, pass word, http://bot:pass%20word@git.test",
    "bot, pä&ss, http://bot:p%C3%A4%26ss@git.test",
    "bot, pä&ss, Authorization: Basic Ym90OnDDpCZzcw==",
    "bot, pä&ss, Authorization: Basic Ym90OnAlQzMlQTQlMjZzcw==",
    "bot, Y, Authorization: Basic Ym90Olk=",
  })
  void noFormOfThePasswordIsTold(String user, String password, String text) {
    String told =
        GitServer.of("http://git.test", new GitServer.Credential(user, password)).told(text);

    assertThat(told).matches("(it is|Authorization: Basic|http://bot:).*[*]{3}=?=?(@git.test)?");
    assertThat(told).doesNotContain("Ym90", "word", "ss@");
  }
}
