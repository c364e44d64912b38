package io.nephio.recovery.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One object as the API server looks at it: its frame, its schema, then the CEL rules. */
final class ObjectCheck {
  private static final Set<String> FRAME = Set.of("apiVersion", "kind", "metadata", "status");

  private ObjectCheck() {}

  /** The object with its defaults; null if the API server would refuse it. */
  static @Nullable Tree check(Map<?, ?> given, @Nullable Map<?, ?> old, Problems problems) {
    String kind = String.valueOf(given.get("kind"));
    if (!isServed(given, kind, problems)) {
      return null;
    }
    Schema schema = Kinds.schema(kind);
    Tree whole = defaulted(given, schema);
    new SchemaCheck(problems).check(body(whole.fields()), schema, Field.ROOT);
    // A status is dropped when an object is made; only its unknown fields are looked for.
    Schema status = Objects.requireNonNull(schema.properties().get("status"), "status");
    new SchemaCheck(problems).unknown(given.get("status"), status, Field.of("status"));
    if (problems.isEmpty()) {
      CelRule.check(kind, whole, old == null ? null : defaulted(old, schema), problems);
    }
    MetadataCheck.check(given.get("metadata"), problems);
    return problems.isEmpty() ? whole : null;
  }

  private static boolean isServed(Map<?, ?> given, String kind, Problems problems) {
    if (!kind.equals(Kinds.POLICY) && !kind.equals(Kinds.REMEDIATION)) {
      problems.add(
          Rule.API_VERSION,
          Field.of("kind"),
          Kinds.GROUP
              + " has no kind "
              + Text.quoted(kind)
              + ": write ClusterPolicy or Remediation",
          kind);
      return false;
    }
    Object version = given.get("apiVersion");
    if (!Kinds.API_VERSION.equals(version)) {
      problems.add(
          Rule.API_VERSION,
          Field.of("apiVersion"),
          Text.quoted(version) + " is not served: write " + Kinds.API_VERSION,
          version,
          Kinds.API_VERSION);
      return false;
    }
    return true;
  }

  private static Tree defaulted(Map<?, ?> given, Schema schema) {
    Object whole = Defaulting.apply(given, schema);
    return new Tree(whole instanceof Map<?, ?> map ? map : given);
  }

  private static Map<Object, @Nullable Object> body(Map<?, ?> whole) {
    Map<Object, @Nullable Object> body = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : whole.entrySet()) {
      if (!FRAME.contains(String.valueOf(entry.getKey()))) {
        body.put(entry.getKey(), entry.getValue());
      }
    }
    return body;
  }
}
