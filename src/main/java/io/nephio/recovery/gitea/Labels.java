package io.nephio.recovery.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.nephio.recovery.git.GitServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The labels of a repository; on Gitea 1.19 they go by number alone. */
record Labels(Gitea gitea, String repository) {

  /**
   * The numbers of those that are to be set, as far as they can be had.
   *
   * @param offered for people to set: these are only made
   */
  List<Long> ids(List<Label> set, List<Label> offered) {
    List<Long> ids = new ArrayList<>();
    if (gitea.all(path()) instanceof Answer.Ok<List<JsonNode>> known) {
      Map<String, Long> byName = byName(known.value());
      set.forEach(label -> id(label, byName).ifPresent(ids::add));
      offered.forEach(label -> id(label, byName));
    }
    return ids;
  }

  /** Names need not be unique; the oldest is the one that people see and filter by. */
  private static Map<String, Long> byName(List<JsonNode> labels) {
    Map<String, Long> byName = new HashMap<>();
    labels.forEach(
        label -> byName.merge(new Json(label).text("/name"), label.path("id").asLong(), Math::min));
    return byName;
  }

  private Optional<Long> id(Label label, Map<String, Long> known) {
    Long id = known.get(label.name());
    if (id != null) {
      return Optional.of(id);
    }
    return gitea.post(path(), label.wanted()) instanceof Answer.Ok<JsonNode> created
        ? Optional.of(created.value().path("id").asLong())
        : Optional.empty();
  }

  private String path() {
    return "/repos/" + GitServer.repository(repository) + "/labels";
  }
}
