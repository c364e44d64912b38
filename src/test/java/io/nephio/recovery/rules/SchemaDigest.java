package io.nephio.recovery.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** Writes a generated CRD's schema as {@link SchemaFile} reads it. */
final class SchemaDigest {
  /** The files in {@code crds/}, by their kind. */
  static final Map<String, String> CRDS =
      Map.of(Kinds.POLICY, "clusterpolicies", Kinds.REMEDIATION, "remediations");

  /** What says nothing about a value, or is said elsewhere: the CEL rules have a test of theirs. */
  private static final Set<String> WITHOUT_BOUND =
      Set.of(
          "description",
          "type",
          "properties",
          "items",
          "additionalProperties",
          "x-kubernetes-validations",
          "x-kubernetes-map-type",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-int-or-string",
          "anyOf");

  private static final Set<String> BOUNDS =
      Set.of(
          "required",
          "enum",
          "pattern",
          "format",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "maxItems",
          "default");

  private final StringBuilder out = new StringBuilder();

  static String of(String kind) {
    SchemaDigest digest = new SchemaDigest();
    ObjectNode root = (ObjectNode) crd(kind).at("/spec/versions/0/schema/openAPIV3Schema");
    ((ObjectNode) root.get("properties")).remove("metadata");
    digest.node("", kind, root);
    return digest.out.toString();
  }

  static JsonNode crd(String kind) {
    try {
      return new YAMLMapper()
          .readTree(
              Files.readString(Path.of("crds", CRDS.get(kind) + "." + Kinds.GROUP + ".yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void node(String indent, String name, JsonNode schema) {
    StringJoiner line = new StringJoiner("\t", indent + name + "\t", "\n");
    line.add(type(schema));
    for (var property : schema.properties()) {
      String key = property.getKey();
      if (BOUNDS.contains(key)) {
        bound(line, key, property.getValue(), schema);
      } else if (!WITHOUT_BOUND.contains(key)) {
        throw new IllegalStateException(name + " has " + key + ", which nothing checks");
      }
    }
    if (schema.path("x-kubernetes-list-type").asText().equals("set")) {
      line.add("set=");
    }
    out.append(line);
    for (var property : schema.path("properties").properties()) {
      node(indent + " ", property.getKey(), property.getValue());
    }
    for (String below : new String[] {"items", "additionalProperties"}) {
      if (schema.has(below)) {
        node(indent + " ", SchemaFile.ANY, schema.get(below));
      }
    }
  }

  private static String type(JsonNode schema) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return "intOrString";
    }
    String type = schema.path("type").asText();
    return type.equals("boolean") ? "bool" : type;
  }

  private static void bound(StringJoiner line, String key, JsonNode value, JsonNode schema) {
    if (key.equals("format") && value.asText().startsWith("int")) {
      wholeNumbers(line, value.asText(), schema);
    } else if (key.equals("minimum") || key.equals("maximum")) {
      line.add(key + "=" + value.asLong());
    } else if (value.isArray() && !key.equals("default")) {
      var words = new TreeSet<String>();
      StreamSupport.stream(value.spliterator(), false).forEach(w -> words.add(w.asText()));
      line.add(key + "=" + String.join(",", words));
    } else if (value.isContainerNode()) {
      emptyDefault(value, schema);
      line.add(key + "=");
    } else {
      line.add(key + "=" + value.asText());
    }
  }

  /** The range of a format is checked like any other. */
  private static void wholeNumbers(StringJoiner line, String format, JsonNode schema) {
    boolean small = format.equals("int32");
    if (small && !schema.has("minimum")) {
      line.add("minimum=" + Integer.MIN_VALUE);
    }
    if (small && !schema.has("maximum")) {
      line.add("maximum=" + Integer.MAX_VALUE);
    }
  }

  /** A default that is a map must be what its own fields have as theirs: then {} says it all. */
  private static void emptyDefault(JsonNode value, JsonNode schema) {
    for (var property : value.properties()) {
      JsonNode own = schema.at("/properties/" + property.getKey() + "/default");
      if (!own.equals(property.getValue())) {
        throw new IllegalStateException(property.getKey() + " has two defaults");
      }
    }
    if (value.isArray() && !value.isEmpty()) {
      throw new IllegalStateException("a default of a list that is not empty: " + value);
    }
  }
}
