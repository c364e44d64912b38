package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephio.recovery.git.Author;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @Test
  void theVariablesOfTheRecoveryFlow() {
    assertThat(
            of(
                "GIT_SERVER_URL=http://192.168.28.137:30524 GIT_SECRET_NAME=git-user-secret"
                    + " GIT_SECRET_NAMESPACE=default POD_NAMESPACE=default POD_NAME=op-0"
                    + " NODE_NAME=node-1"))
        .isEqualTo(
            new Settings(
                "http://192.168.28.137:30524",
                "default",
                "git-user-secret",
                "default",
                "op-0",
                "node-1",
                Author.DEFAULT));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "GIT_SERVER_URL=http://a, http://a, default/git-user-secret, default, recovery-operator_[-0-9a-f]{36}",
    "GIT_URL=http://b, http://b, default/git-user-secret, default, recovery-operator_[-0-9a-f]{36}",
    "GIT_SERVER_URL=http://a GIT_URL=http://b, http://a, default/git-user-secret, default,"
        + " recovery-operator_[-0-9a-f]{36}",
    "GIT_SERVER_URL= GIT_URL=http://b, http://b, default/git-user-secret, default,"
        + " recovery-operator_[-0-9a-f]{36}",
    "GIT_URL=http://a POD_NAMESPACE=nephio, http://a, nephio/git-user-secret, nephio,"
        + " recovery-operator_[-0-9a-f]{36}",
    "GIT_URL=http://a GIT_NAMESPACE=git POD_NAMESPACE=nephio, http://a, git/git-user-secret,"
        + " nephio, recovery-operator_[-0-9a-f]{36}",
    "GIT_URL=http://a GIT_SECRET_NAMESPACE=x GIT_NAMESPACE=git, http://a, x/git-user-secret,"
        + " default, recovery-operator_[-0-9a-f]{36}",
    "GIT_URL=http://a GIT_SECRET_NAME=token HOSTNAME=host-1, http://a, default/token, default,"
        + " host-1_[-0-9a-f]{36}",
    "GIT_URL=http://a POD_NAME=op-0 HOSTNAME=host-1, http://a, default/git-user-secret, default,"
        + " op-0",
    "GIT_URL=https://git.example:3000/gitea, https://git.example:3000/gitea,"
        + " default/git-user-secret, default, recovery-operator_[-0-9a-f]{36}",
  })
  void whatIsNotSetHasAFallback(
      String environment, String url, String secret, String home, String identity) {
    Settings settings = of(environment);

    assertThat(settings.serverUrl()).isEqualTo(url);
    assertThat(settings.secret()).isEqualTo(secret);
    assertThat(settings.podNamespace()).isEqualTo(home);
    assertThat(settings.podName()).matches(identity);
  }

  @Test
  void twoProcessesOfOneHostAreTwo() {
    assertThat(of("GIT_URL=http://a HOSTNAME=host-1").podName())
        .isNotEqualTo(of("GIT_URL=http://a HOSTNAME=host-1").podName());
  }

  @Test
  void blanksAroundTheAddressAreNoPartOfIt() {
    assertThat(Settings.of(Map.of("GIT_SERVER_URL", " http://a\n")).serverUrl())
        .isEqualTo("http://a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GIT_SERVER_URL=", "GIT_SERVER_URL= GIT_URL=", "POD_NAME=op-0"})
  void withoutAnAddressTheVariableIsNamed(String environment) {
    assertThatThrownBy(() -> of(environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("GIT_SERVER_URL is not set")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gitea:3000",
        "ssh://git@gitea",
        "http://",
        "http://bot:hunter2@gitea:3000",
        "http://bot:hunter2@",
        "http://bot:hunter2%@gitea",
        "http://bot:hun ter2@gitea",
        "ftp://hunter2"
      })
  void aBadAddressIsRefusedAndNeverQuoted(String url) {
    assertThatThrownBy(() -> Settings.of(Map.of("GIT_SERVER_URL", url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("GIT_SERVER_URL: ")
        .hasMessageNotContainingAny("hunter2", "ter2", "\n")
        .hasNoCause();
  }

  private static Settings of(String environment) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String pair : environment.split(" ", -1)) {
      int at = pair.indexOf('=');
      if (at > 0) {
        variables.put(pair.substring(0, at), pair.substring(at + 1));
      }
    }
    return Settings.of(variables);
  }
}
