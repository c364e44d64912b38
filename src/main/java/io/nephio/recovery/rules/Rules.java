package io.nephio.recovery.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with ClusterPolicies and Remediations, as parsed from YAML or JSON: maps, lists,
 * texts, numbers and booleans. What the API server refuses comes first, and hides the rest: nothing
 * sensible can be said about a policy that is none.
 */
public final class Rules {
  private Rules() {}

  /** Whether the object is of one of the two kinds, or claims to be of their API group. */
  public static boolean concern(@Nullable Object object) {
    return object instanceof Map<?, ?> map
        && map.get("apiVersion") instanceof String version
        && (version.equals(Kinds.GROUP) || version.startsWith(Kinds.GROUP + "/"));
  }

  /** Of one object by itself. */
  public static List<Problem> check(Map<?, ?> object) {
    return check(List.of(object)).get(0);
  }

  /** Of each object of a package, in their order, also what only shows side by side. */
  public static List<List<Problem>> check(List<? extends Map<?, ?>> objects) {
    List<Problems> all = new ArrayList<>();
    List<Subject> subjects = new ArrayList<>();
    for (Map<?, ?> object : objects) {
      Problems problems = new Problems();
      all.add(problems);
      Tree whole = ObjectCheck.check(object, null, problems);
      if (whole != null) {
        Subject subject = new Subject(whole.text("kind"), whole, problems);
        subjects.add(subject);
        sense(subject);
      }
    }
    Together.check(subjects);
    List<List<Problem>> found = new ArrayList<>();
    for (Problems problems : all) {
      found.add(List.copyOf(problems.found()));
    }
    return found;
  }

  /**
   * The object without what an API server wrote into it, for objects that were read from one: they
   * carry a status and metadata that nobody may write.
   */
  public static Map<?, ?> written(Map<?, ?> object) {
    Map<Object, @Nullable Object> written = new LinkedHashMap<>(object);
    written.remove("status");
    if (object.get("metadata") instanceof Map<?, ?> metadata) {
      Map<Object, @Nullable Object> kept = new LinkedHashMap<>(metadata);
      kept.keySet().retainAll(List.of("name", "namespace", "labels", "annotations"));
      written.put("metadata", kept);
    }
    return written;
  }

  /** What the API server would say, of a new object or of a change: empty if it would take it. */
  public static List<Problem> admit(Map<?, ?> object, @Nullable Map<?, ?> old) {
    Problems problems = new Problems();
    ObjectCheck.check(object, old, problems);
    return List.copyOf(problems.found());
  }

  private static void sense(Subject subject) {
    if (subject.object().has("status") && !subject.object().tree("status").fields().isEmpty()) {
      subject
          .problems()
          .add(
              Rule.STATUS_WRITTEN,
              Field.of("status"),
              "is written by the operator and dropped from anything else: remove it",
              null);
    }
    if (subject.kind().equals(Kinds.POLICY)) {
      Timing.check(subject);
      Limits.check(subject);
      Selection.check(subject);
    } else {
      Records.check(subject);
    }
  }
}
