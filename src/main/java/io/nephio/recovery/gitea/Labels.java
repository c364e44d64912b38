package io.nephio.recovery.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.nephio.recovery.git.GitServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The labels of a repository; on Gitea 1.19 they go by number alone.
 *
 * <p>One look at a time: Gitea makes a second label of the same name for whoever asks at the same
 * moment. What was found is remembered until a pull request comes back without it.
 */
final class Labels {
  private final Gitea gitea;
  private final String repository;
  private Map<String, Long> known = Map.of();

  Labels(Gitea gitea, String repository) {
    this.gitea = gitea;
    this.repository = GitServer.repository(repository);
  }

  /**
   * The numbers of those that are to be set, as far as they can be had.
   *
   * @param offered for people to set: these are only made
   */
  synchronized List<Long> ids(List<Label> set, List<Label> offered) {
    List<Label> wanted = Stream.concat(set.stream(), offered.stream()).toList();
    if (!wanted.stream().map(Label::name).allMatch(known::containsKey)) {
      known = look(wanted);
    }
    return set.stream().map(Label::name).map(known::get).filter(Objects::nonNull).toList();
  }

  /** Somebody may have deleted one. */
  synchronized void check(List<Label> set, PullRequest opened) {
    if (!opened.labels().containsAll(set.stream().map(Label::name).toList())) {
      known = Map.of();
    }
  }

  private Map<String, Long> look(List<Label> wanted) {
    if (!(gitea.all(path()) instanceof Answer.Ok<List<JsonNode>> all)) {
      return Map.of();
    }
    Map<String, Long> found = byName(all.value());
    for (Label label : wanted) {
      if (!found.containsKey(label.name())
          && gitea.post(path(), label.wanted(), "id") instanceof Answer.Ok<JsonNode> made) {
        found.put(label.name(), made.value().path("id").asLong());
      }
    }
    return found;
  }

  /** Names need not be unique; the oldest is the one that people see and filter by. */
  private static Map<String, Long> byName(List<JsonNode> labels) {
    Map<String, Long> byName = new HashMap<>();
    labels.forEach(
        label -> byName.merge(new Json(label).text("/name"), label.path("id").asLong(), Math::min));
    return byName;
  }

  private String path() {
    return "/repos/" + repository + "/labels";
  }
}
