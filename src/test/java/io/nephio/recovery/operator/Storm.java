package io.nephio.recovery.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.nephio.recovery.api.ClusterPolicy;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;

/** Many Machines of several clusters that fail at once. */
record Storm(Stage stage, List<String> repositories, List<Workers> clusters, int failing) {

  /** A cluster for each name of a repository; so many of its Machines are going to fail. */
  static Storm gather(Stage stage, String name, List<String> repositories, int failing) {
    List<Workers> clusters = new ArrayList<>();
    repositories.stream().distinct().forEach(stage::repository);
    for (String repository : repositories) {
      String namespace = name + clusters.size();
      clusters.add(stage.workers(namespace, namespace, failing + 1));
      stage.policy(
          namespace,
          "fleet",
          "repository: " + repository + "\n",
          "maxOpenPullRequests: 50\nmaxUnhealthy: 100%\nretryBudget: 10\n",
          "shortInterval: 30s\nlongInterval: 5m\n");
    }
    return new Storm(stage, repositories.stream().distinct().toList(), clusters, failing);
  }

  void begin() {
    for (Workers cluster : clusters) {
      cluster
          .machines()
          .subList(0, failing)
          .forEach(machine -> stage.capi.fail(machine, "CreateError", "no host is left"));
    }
  }

  /** Whoever looks at a hundred objects ten times a second takes part in the storm. */
  static ConditionFactory waiting() {
    return Stage.waiting().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofSeconds(1));
  }

  long proposed() {
    return stage.remediations().stream()
        .filter(r -> r.status().phase() == Phase.Proposed)
        .filter(r -> repositories.contains(r.status().proposal().repository()))
        .count();
  }

  /** As if it had never been, but for what is in Gitea. */
  void forget() {
    for (Workers cluster : clusters) {
      var client = stage.management.client();
      client.resources(ClusterPolicy.class).inNamespace(cluster.namespace()).delete();
      client.resources(Remediation.class).inNamespace(cluster.namespace()).delete();
    }
  }

  /** Whatever was ever opened, page by page. */
  List<JsonNode> pulls() {
    List<JsonNode> pulls = new ArrayList<>();
    repositories.forEach(r -> all("/repos/" + r + "/pulls?state=all&limit=50&page=", pulls));
    return pulls;
  }

  List<JsonNode> branches() {
    List<JsonNode> branches = new ArrayList<>();
    repositories.forEach(r -> all("/repos/" + r + "/branches?limit=50&page=", branches));
    branches.removeIf(branch -> branch.path("name").asText().equals("main"));
    return branches;
  }

  private void all(String path, List<JsonNode> into) {
    for (int page = 1; ; page++) {
      JsonNode found = stage.approver.json(path + page);
      if (found.isEmpty()) {
        return;
      }
      found.forEach(into::add);
    }
  }
}
