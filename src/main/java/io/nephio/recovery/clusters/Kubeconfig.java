package io.nephio.recovery.clusters;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A kubeconfig that came out of a Secret. Whoever may write that Secret must not gain a shell or a
 * file of the operator by it: commands and paths in it are refused.
 */
final class Kubeconfig {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration REQUEST = Duration.ofSeconds(10);

  private Kubeconfig() {}

  /**
   * Settings for a client that says at once what is wrong: HTTP/2 would turn a 401 into a broken
   * connection on Java 17, and retries would hide a dead server for 20 s.
   *
   * @throws IllegalArgumentException without any of the text, which holds a credential
   */
  static Config config(String text) {
    check(text);
    Config config;
    try {
      config = Config.fromKubeconfig(text);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("it is not a kubeconfig");
    }
    if (config.getCurrentContext() == null) {
      // The client would go where it goes without any kubeconfig.
      throw new IllegalArgumentException("it has no current context");
    }
    config.setHttp2Disable(true);
    return new ConfigBuilder(config)
        .withRequestRetryBackoffLimit(0)
        .withConnectionTimeout((int) CONNECT.toMillis())
        .withRequestTimeout((int) REQUEST.toMillis())
        .build();
  }

  private static void check(String text) {
    io.fabric8.kubernetes.api.model.Config parsed;
    try {
      parsed = Serialization.unmarshal(text, io.fabric8.kubernetes.api.model.Config.class);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("it is not YAML");
    }
    if (parsed == null || parsed.getClusters() == null || parsed.getClusters().isEmpty()) {
      throw new IllegalArgumentException("it names no cluster");
    }
    boolean files =
        parsed.getClusters().stream()
            .anyMatch(
                c ->
                    c != null
                        && c.getCluster() != null
                        && c.getCluster().getCertificateAuthority() != null);
    if (files || parsed.getUsers().stream().anyMatch(Kubeconfig::reaches)) {
      throw new IllegalArgumentException(
          "it names a command or a file, and only certificates and tokens inside it are used");
    }
  }

  private static boolean reaches(@Nullable NamedAuthInfo user) {
    AuthInfo info = user == null ? null : user.getUser();
    return info != null
        && (info.getExec() != null
            || info.getAuthProvider() != null
            || info.getClientCertificate() != null
            || info.getClientKey() != null
            || info.getTokenFile() != null);
  }
}
