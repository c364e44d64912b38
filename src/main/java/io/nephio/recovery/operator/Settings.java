package io.nephio.recovery.operator;

import io.nephio.recovery.git.Author;
import io.nephio.recovery.git.GitServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the environment says, by the names of the recovery flow's document; Nephio's own names
 * {@code GIT_URL} and {@code GIT_NAMESPACE} count where those are absent.
 *
 * @param podNamespace home of the leader lease and of what is remembered
 * @param podName identity of the lease's holder, never that of another process
 * @param nodeName the Node it runs on; empty when not told
 */
public record Settings(
    String serverUrl,
    String secretNamespace,
    String secretName,
    String podNamespace,
    String podName,
    String nodeName,
    Author author) {

  /**
   * Reads an environment.
   *
   * @throws IllegalArgumentException with one line that names the variable
   */
  public static Settings of(Map<String, String> environment) {
    String url =
        first(environment, "GIT_SERVER_URL", "GIT_URL")
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "GIT_SERVER_URL is not set: give the address of the Gitea server, like"
                            + " http://gitea.gitea:3000"));
    try {
      var unused = GitServer.of(url, new GitServer.Credential("", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("GIT_SERVER_URL: " + e.getMessage());
    }
    String namespace = first(environment, "POD_NAMESPACE").orElse("default");
    return new Settings(
        url.strip(),
        first(environment, "GIT_SECRET_NAMESPACE", "GIT_NAMESPACE").orElse(namespace),
        first(environment, "GIT_SECRET_NAME").orElse("git-user-secret"),
        namespace,
        first(environment, "POD_NAME").orElseGet(() -> ofThisProcess(environment)),
        first(environment, "NODE_NAME").orElse(""),
        Author.of(environment));
  }

  /** A host's name is no one process's: two that held the lease by one name would both act. */
  private static String ofThisProcess(Map<String, String> environment) {
    String host = first(environment, "HOSTNAME").orElse("recovery-operator");
    return host + "_" + UUID.randomUUID();
  }

  private static Optional<String> first(Map<String, String> environment, String... names) {
    return List.of(names).stream()
        .flatMap(name -> Stream.ofNullable(environment.get(name)))
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  /** The Secret with the credential, as {@code namespace/name}. */
  String secret() {
    return secretNamespace + "/" + secretName;
  }
}
