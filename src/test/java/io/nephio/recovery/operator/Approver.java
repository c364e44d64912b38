package io.nephio.recovery.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.plan.Identity;
import io.nephio.recovery.servers.GiteaServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Who reviews and merges on the Gitea of a stage, and what there is to see. */
record Approver(GiteaServer gitea) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static long number(Remediation remediation) {
    return remediation.status().proposal().pullRequest();
  }

  void merge(Remediation proposed) {
    String repository = proposed.status().proposal().repository();
    gitea.merge(repository, number(proposed), Stage.APPROVER, "merge");
  }

  /** By its label. */
  void hold(Remediation proposed) {
    gitea.as(Stage.APPROVER, "POST", labels(proposed), Map.of("labels", List.of(label())));
  }

  void release(Remediation proposed) {
    gitea.as(Stage.APPROVER, "DELETE", labels(proposed) + "/" + label(), null);
  }

  private static String labels(Remediation proposed) {
    return "/repos/" + Stage.REPOSITORY + "/issues/" + number(proposed) + "/labels";
  }

  private long label() {
    String labels = "/repos/" + Stage.REPOSITORY + "/labels";
    for (JsonNode label : json(labels)) {
      if (label.path("name").asText().equals(PullLook.HOLD)) {
        return label.path("id").asLong();
      }
    }
    gitea.as(Stage.APPROVER, "POST", labels, Map.of("name", PullLook.HOLD, "color", "#ff0000"));
    return label();
  }

  JsonNode pull(Remediation proposed) {
    return json(
        "/repos/" + proposed.status().proposal().repository() + "/pulls/" + number(proposed));
  }

  /** All pull requests about a cluster, open or not. */
  List<JsonNode> pulls(String cluster) {
    List<JsonNode> pulls = new ArrayList<>();
    json("/repos/" + Stage.REPOSITORY + "/pulls?state=all")
        .forEach(
            pull -> {
              if (pull.at("/head/label").asText().startsWith("recovery/" + cluster + "/")) {
                pulls.add(pull);
              }
            });
    return pulls;
  }

  /** What a context said on a proposal's commit, each with its sentence, the oldest first. */
  List<String> statuses(Remediation proposed, String context) {
    List<String> told = new ArrayList<>();
    String repository = proposed.status().proposal().repository();
    String commit = proposed.status().proposal().commit();
    for (JsonNode status :
        json("/repos/" + repository + "/statuses/" + commit + "?sort=oldest&limit=50")) {
      if (status.path("context").asText().equals(context)) {
        told.add(status.path("status").asText() + " " + status.path("description").asText());
      }
    }
    return told;
  }

  JsonNode json(String path) {
    try {
      return JSON.readTree(gitea.as(Stage.APPROVER, "GET", path, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A commit on the record of a proposal. */
  void edit(Remediation proposed, String before, String after) {
    edit(proposed, Identity.of(proposed.spec()).path(), before, after);
  }

  /** A commit on the branch of a proposal. */
  void edit(Remediation proposed, String file, String before, String after) {
    String branch = proposed.status().proposal().branch();
    String path = "/repos/" + proposed.status().proposal().repository() + "/contents/" + file;
    JsonNode now = json(path + "?ref=" + branch);
    String text =
        new String(
            Base64.getMimeDecoder().decode(now.path("content").asText()), StandardCharsets.UTF_8);
    if (!text.contains(before)) {
      throw new AssertionError(before + " is not in " + text);
    }
    byte[] edited = text.replace(before, after).getBytes(StandardCharsets.UTF_8);
    gitea.as(
        Stage.APPROVER,
        "PUT",
        path,
        Map.of(
            "branch",
            branch,
            "sha",
            now.path("sha").asText(),
            "content",
            Base64.getEncoder().encodeToString(edited),
            "message",
            "As I want it"));
  }

  List<String> comments(long pull) {
    List<String> texts = new ArrayList<>();
    json("/repos/" + Stage.REPOSITORY + "/issues/" + pull + "/comments")
        .forEach(c -> texts.add(c.path("body").asText()));
    return texts;
  }
}
