package io.nephio.recovery.execute;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A GitOps engine, known by the kinds that the cluster serves. */
interface Engine {

  /** All objects of a kind; none where it is not served. */
  interface Kinds {
    List<GenericKubernetesResource> list(String group, String kind);
  }

  List<Applier> appliers(Kinds kinds, Source source, Destination to);

  static String name(GenericKubernetesResource object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }

  static String text(GenericKubernetesResource object, Object... path) {
    return object.get(path) instanceof String text ? text : "";
  }

  /** What a condition says, if it has this status. */
  static Optional<String> condition(GenericKubernetesResource object, String type, String status) {
    List<Map<String, Object>> conditions = object.get("status", "conditions");
    return conditions == null
        ? Optional.empty()
        : conditions.stream()
            .filter(c -> type.equals(c.get("type")) && status.equals(c.get("status")))
            .map(c -> c.get("reason") + ": " + c.getOrDefault("message", ""))
            .findFirst();
  }
}
