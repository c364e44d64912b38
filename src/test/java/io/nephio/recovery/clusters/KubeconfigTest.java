package io.nephio.recovery.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigTest {
  private static final String SECRET = "s3cr3t-token";

  @Test
  void aTokenInsideItIsUsedAndFailuresAreToldAtOnce() {
    Config config = Kubeconfig.config(kubeconfig("server: https://edge:6443", "token: " + SECRET));

    assertThat(config.getMasterUrl()).isEqualTo("https://edge:6443/");
    assertThat(config.getAutoOAuthToken()).isEqualTo(SECRET);
    assertThat(config.isHttp2Disable()).isTrue();
    assertThat(config.getRequestRetryBackoffLimit()).isZero();
    assertThat(config.getConnectionTimeout()).isEqualTo(5_000);
    assertThat(config.getRequestTimeout()).isEqualTo(10_000);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "server: https://edge | {token: s3cr3t-token, exec: {command: /bin/sh}}",
        "server: https://edge | {token: s3cr3t-token, auth-provider: {name: gcp}}",
        "server: https://edge | {token: s3cr3t-token, client-certificate: /s3cr3t-token.crt}",
        "server: https://edge | {token: s3cr3t-token, client-key: /s3cr3t-token.key}",
        "server: https://edge | {tokenFile: /var/run/s3cr3t-token}",
        "{server: https://edge, certificate-authority: /s3cr3t-token.crt} | {token: s3cr3t-token}",
      })
  void commandsAndFilesAreRefused(String cluster, String user) {
    assertThatThrownBy(() -> Kubeconfig.config(kubeconfig(cluster, user)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a command or a file")
        .hasMessageNotContaining(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s3cr3t-token",
        "[s3cr3t-token]",
        "{s3cr3t-token",
        "\tkey: s3cr3t-token",
        "{}",
        "clusters: []",
        "clusters: s3cr3t-token",
        "clusters: [null]",
        "{clusters: [null], users: [null], contexts: [null], current-context: s3cr3t-token}",
        "{clusters: [{name: a}], users: null}",
        "clusters: [{name: a, cluster: {server: 'https://edge'}}]",
        "{clusters: [{name: a, cluster: {server: 'https://edge'}}], contexts: [{name: x, context:"
            + " {cluster: a}}]}",
        "{clusters: [{name: a, cluster: {server: 'https://edge'}}], current-context: x}",
        "{clusters: [{name: a, cluster: {server: 'https://edge'}}], users: [{name: s3cr3t-token}]}",
        "{clusters: [{name: a, cluster: {server: 'https://edge'}}], users: [],"
            + " contexts: [{name: x, context: {cluster: s3cr3t-token, user: b}}],"
            + " current-context: x}",
        "{clusters: [{name: a, cluster: {}}], users: [],"
            + " contexts: [{name: x, context: {cluster: a, user: b}}], current-context: x}",
        "a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nclusters: [*b, *b, *b, *b]",
      })
  void whatIsNoKubeconfigIsSaidSoAndNeverQuoted(String text) {
    assertThatThrownBy(() -> Kubeconfig.config(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContainingAny(SECRET, "\n")
        .hasNoCause();
  }

  private static String kubeconfig(String cluster, String user) {
    return """
    apiVersion: v1
    kind: Config
    clusters: [{name: edge, cluster: %s}]
    users: [{name: admin, user: %s}]
    contexts: [{name: admin@edge, context: {cluster: edge, user: admin}}]
    current-context: admin@edge
    """
        .formatted(braced(cluster), braced(user));
  }

  private static String braced(String fields) {
    return fields.startsWith("{") ? fields : "{" + fields + "}";
  }
}
