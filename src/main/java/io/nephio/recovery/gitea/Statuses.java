package io.nephio.recovery.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.nephio.recovery.git.GitServer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What was said of a commit, and by whom. The list only grows; nobody can take a line back. */
public final class Statuses {
  // Gitea takes a branch or a shortened id as well, and then means what that happens to be.
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  private final Gitea gitea;

  Statuses(Gitea gitea) {
    this.gitea = gitea;
  }

  /** One line. Of several of one context, the one with the lowest id was there first. */
  public record Status(long id, String context, String state, String description, String creator) {
    static Status of(JsonNode node) {
      Json json = new Json(node);
      return new Status(
          node.path("id").asLong(),
          json.text("/context"),
          json.text("/status"),
          json.text("/description"),
          json.text("/creator/login"));
    }
  }

  public Answer<Status> post(
      String repository, String sha, String context, String state, String description) {
    Map<String, String> body =
        Map.of("context", context, "state", state, "description", description);
    return gitea.post(at(repository, sha), body, "id").map(Status::of);
  }

  /** All of them, in the order of their ids. */
  public Answer<List<Status>> list(String repository, String sha) {
    return gitea
        .all(at(repository, sha))
        .map(
            nodes ->
                nodes.stream()
                    .map(Status::of)
                    .sorted(Comparator.comparingLong(Status::id))
                    .toList());
  }

  private static String at(String repository, String sha) {
    if (!COMMIT.matcher(sha).matches()) {
      throw new IllegalArgumentException("not a whole commit id: " + sha);
    }
    return "/repos/" + GitServer.repository(repository) + "/statuses/" + sha;
  }
}
