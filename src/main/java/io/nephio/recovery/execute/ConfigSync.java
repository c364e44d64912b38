package io.nephio.recovery.execute;

import static io.nephio.recovery.execute.Engine.text;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Config Sync: a RootSync or RepoSync applies a folder to the cluster it is in, and tells errors by
 * stage.
 */
final class ConfigSync implements Engine {
  private static final String GROUP = "configsync.gke.io";
  private static final List<String> STAGES = List.of("source", "rendering", "sync");

  @Override
  public List<Applier> appliers(Kinds kinds, Source source, Destination to) {
    return Stream.of("RootSync", "RepoSync")
        .filter(kind -> to.isHere())
        .flatMap(kind -> kinds.list(GROUP, kind).stream())
        .filter(o -> source.isFrom(text(o, "spec", "git", "repo")))
        .filter(o -> source.isOn(text(o, "spec", "git", "branch")))
        .filter(o -> source.isIn(text(o, "spec", "git", "dir")))
        .map(
            o ->
                new Applier(
                    "Config Sync's " + o.getKind() + " " + Engine.name(o),
                    text(o, "status", "lastSyncedCommit"),
                    problem(o)))
        .toList();
  }

  private static String problem(GenericKubernetesResource object) {
    return STAGES.stream()
        .flatMap(stage -> errors(object, stage))
        .findFirst()
        .or(() -> Engine.condition(object, "Stalled", "True"))
        .orElse("");
  }

  private static Stream<String> errors(GenericKubernetesResource object, String stage) {
    List<Map<String, Object>> errors = object.get("status", stage, "errors");
    return errors == null
        ? Stream.of()
        : errors.stream()
            .map(
                e ->
                    "KNV" + e.getOrDefault("code", "") + ": " + e.getOrDefault("errorMessage", ""));
  }
}
