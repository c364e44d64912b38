package io.nephio.recovery.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.nephio.recovery.git.GitServer;
import io.nephio.recovery.git.RepositoryState;

/** What the server says of its repositories. */
public final class Repositories {
  private final Gitea gitea;

  Repositories(Gitea gitea) {
    this.gitea = gitea;
  }

  public RepositoryState state(String repository) {
    Answer<JsonNode> answer = gitea.get("/repos/" + GitServer.repository(repository), "full_name");
    if (answer instanceof Answer.Ok<JsonNode> ok) {
      return known(ok.value());
    }
    if (answer instanceof Answer.Refused<JsonNode> refused) {
      return switch (refused.status()) {
        // 403 is what a user gets who must change the password first.
        case 401, 403 -> new RepositoryState.CredentialRefused(refused.text());
        case 404 -> new RepositoryState.Missing(refused.text());
        // So does Gitea for a renamed repository, and a proxy that wants TLS for all of them.
        case 301, 307, 308 -> new RepositoryState.Moved(refused.text());
        case 302, 303 -> new RepositoryState.NotGit(refused.text());
        default ->
            refused.status() < 300
                ? new RepositoryState.NotGit(refused.text())
                : new RepositoryState.Unreachable(refused.text());
      };
    }
    return new RepositoryState.Unreachable(((Answer.Unreachable<JsonNode>) answer).text());
  }

  private static RepositoryState known(JsonNode repository) {
    return new RepositoryState.Known(
        new Json(repository).text("/default_branch"),
        repository.path("empty").asBoolean(),
        repository.path("archived").asBoolean(),
        repository.path("mirror").asBoolean(),
        repository.at("/permissions/push").asBoolean());
  }
}
