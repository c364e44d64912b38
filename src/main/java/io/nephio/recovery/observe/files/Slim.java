package io.nephio.recovery.observe.files;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of an object are asked for, as far as is known where the parser stands: a list tells
 * its items' kind, an object its own, and what is not known to be of no use is kept.
 */
final class Slim {
  enum Part {
    KEEP,
    /** Only the times in it. */
    SKIM,
    /** It holds no times of observations either. */
    DROP
  }

  private enum Place {
    OBJECT,
    METADATA,
    SPEC,
    STATUS,
    ELSEWHERE
  }

  private static final Set<String> BUILT_IN = Set.of("", "apps", "batch", "policy", "autoscaling");

  private static final Set<String> READ =
      Set.of(
          "List",
          "Pod",
          "Node",
          "Namespace",
          "Deployment",
          "StatefulSet",
          "DaemonSet",
          "ReplicaSet",
          "Job",
          "PodDisruptionBudget",
          "Lease",
          "CustomResourceDefinition");

  /** Of the kinds that are read, what is long and not read. */
  private static final Map<String, Set<String>> UNREAD =
      Map.of(
          "Pod/spec",
          Set.of("containers", "initContainers", "volumes", "tolerations", "affinity"),
          "Node/status",
          Set.of("images", "volumesAttached", "volumesInUse"),
          "Deployment/spec",
          Set.of("template"),
          "StatefulSet/spec",
          Set.of("template", "volumeClaimTemplates"),
          "DaemonSet/spec",
          Set.of("template"),
          "ReplicaSet/spec",
          Set.of("template"),
          "Job/spec",
          Set.of("template"),
          "CustomResourceDefinition/spec",
          Set.of("versions", "conversion"));

  static final Slim UNKNOWN = new Slim(Place.OBJECT, "", "");
  private static final Slim WHOLE = new Slim(Place.ELSEWHERE, "", "");

  private final Place place;
  private final String apiVersion;
  private final String kind;
  private final boolean used;
  private final Set<String> unread;

  private Slim(Place place, String apiVersion, String kind) {
    this.place = place;
    this.apiVersion = apiVersion;
    this.kind = kind;
    this.used = kind.isEmpty() || !isBuiltIn(apiVersion) || isRead(kind);
    this.unread =
        (place == Place.SPEC || place == Place.STATUS) && isBuiltIn(apiVersion)
            ? UNREAD.getOrDefault(kind + (place == Place.SPEC ? "/spec" : "/status"), Set.of())
            : Set.of();
  }

  private static boolean isBuiltIn(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    return BUILT_IN.contains(group) || (group.endsWith(".k8s.io") && !group.endsWith(".x-k8s.io"));
  }

  private static boolean isRead(String kind) {
    return READ.contains(kind)
        || (kind.endsWith("List") && READ.contains(kind.substring(0, kind.length() - 4)));
  }

  Part of(String field) {
    return switch (place) {
      case OBJECT -> used || isHead(field) ? Part.KEEP : Part.SKIM;
      case METADATA -> field.equals("managedFields") ? Part.DROP : Part.KEEP;
      case SPEC, STATUS -> unread.contains(field) ? Part.SKIM : Part.KEEP;
      case ELSEWHERE -> Part.KEEP;
    };
  }

  /** An object of a kind that nobody reads is still counted, and may be there twice. */
  private static boolean isHead(String field) {
    return switch (field) {
      case "apiVersion", "kind", "metadata", "items" -> true;
      default -> false;
    };
  }

  /** What holds for the value of the field. */
  Slim under(String field) {
    if (place != Place.OBJECT) {
      return WHOLE;
    }
    return switch (field) {
      case "items" ->
          kind.endsWith("List")
              ? new Slim(Place.OBJECT, apiVersion, kind.substring(0, kind.length() - 4))
              : UNKNOWN;
      case "metadata" -> new Slim(Place.METADATA, apiVersion, kind);
      case "spec" -> new Slim(Place.SPEC, apiVersion, kind);
      case "status" -> new Slim(Place.STATUS, apiVersion, kind);
      default -> WHOLE;
    };
  }

  /** The same, when the object has told this of itself. */
  Slim knowing(String field, @Nullable Object value) {
    if (place == Place.OBJECT && value instanceof String text) {
      if (field.equals("apiVersion")) {
        return new Slim(place, text, kind);
      }
      if (field.equals("kind")) {
        return new Slim(place, apiVersion, text);
      }
    }
    return this;
  }
}
