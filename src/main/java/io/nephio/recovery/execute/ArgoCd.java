package io.nephio.recovery.execute;

import static io.nephio.recovery.execute.Engine.text;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Argo CD: an Application applies folders, of one source or several, to the cluster it names. */
final class ArgoCd implements Engine {
  private static final Set<String> HERE = Set.of("https://kubernetes.default.svc", "in-cluster");
  private static final Set<String> OVER = Set.of("Failed", "Error");

  @Override
  public List<Applier> appliers(Kinds kinds, Source source, Destination to) {
    return kinds.list("argoproj.io", "Application").stream()
        .filter(a -> applies(a, to))
        .flatMap(a -> applier(a, source).stream())
        .toList();
  }

  private static boolean applies(GenericKubernetesResource application, Destination to) {
    String server = text(application, "spec", "destination", "server");
    String name = text(application, "spec", "destination", "name");
    return (HERE.contains(server) || HERE.contains(name)) ? to.isHere() : to.isNamed(name, server);
  }

  private static Optional<Applier> applier(GenericKubernetesResource application, Source source) {
    List<Map<String, Object>> several = application.get("spec", "sources");
    if (several == null) {
      Map<String, Object> one = application.get("spec", "source");
      return one != null && holds(one, source)
          ? Optional.of(applier(application, text(application, "status", "sync", "revision")))
          : Optional.empty();
    }
    List<String> revisions = application.get("status", "sync", "revisions");
    for (int i = 0; i < several.size(); i++) {
      if (holds(several.get(i), source)) {
        boolean told = revisions != null && i < revisions.size();
        return Optional.of(applier(application, told ? revisions.get(i) : ""));
      }
    }
    return Optional.empty();
  }

  private static boolean holds(Map<String, Object> from, Source source) {
    return source.isFrom(word(from, "repoURL"))
        && source.isOn(word(from, "targetRevision"))
        && source.isIn(word(from, "path"));
  }

  private static String word(Map<String, Object> from, String key) {
    return Objects.toString(from.get(key), "");
  }

  /** The revision is what it compared with; applied is what is in sync with it. */
  private static Applier applier(GenericKubernetesResource application, String revision) {
    boolean synced = text(application, "status", "sync", "status").equals("Synced");
    return new Applier(
        "Argo CD's Application " + Engine.name(application),
        synced ? revision : "",
        synced ? "" : problem(application));
  }

  private static String problem(GenericKubernetesResource application) {
    List<Map<String, Object>> conditions = application.get("status", "conditions");
    return Stream.ofNullable(conditions)
        .flatMap(List::stream)
        .filter(c -> word(c, "type").endsWith("Error"))
        .map(c -> word(c, "type") + ": " + word(c, "message"))
        .findFirst()
        .or(
            () ->
                Optional.of(text(application, "status", "operationState", "message"))
                    .filter(
                        m -> OVER.contains(text(application, "status", "operationState", "phase"))))
        .or(
            () ->
                Optional.of("it is not set to sync by itself")
                    .filter(m -> application.get("spec", "syncPolicy", "automated") == null))
        .orElse("");
  }
}
