package io.nephio.recovery.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the generator does not know of a field: how lists merge, how wide numbers are. */
final class SchemaFinish {
  private static final Map<String, List<String>> KEYS =
      Map.of("conditions", List.of("type"), "clusters", List.of("namespace", "name"));
  private static final Set<String> WIDE = Set.of("observedGeneration", "generation", "pullRequest");

  private SchemaFinish() {}

  static void finish(JSONSchemaProps parent) {
    parent.getProperties().forEach(SchemaFinish::finish);
  }

  private static void finish(String name, JSONSchemaProps field) {
    if ("integer".equals(field.getType())) {
      field.setFormat(WIDE.contains(name) ? "int64" : "int32");
    }
    if ("array".equals(field.getType())) {
      list(name, field);
    }
    if (field.getProperties().containsKey("matchExpressions")) {
      selector(field);
    } else {
      finish(field);
    }
  }

  private static void list(String name, JSONSchemaProps list) {
    JSONSchemaProps item = list.getItems().getSchema();
    if (KEYS.containsKey(name)) {
      list.setXKubernetesListType("map");
      list.setXKubernetesListMapKeys(KEYS.get(name));
    } else {
      list.setXKubernetesListType("string".equals(item.getType()) ? "set" : "atomic");
    }
    if (name.equals("conditions")) {
      condition(item);
    }
    finish(item);
  }

  private static void condition(JSONSchemaProps item) {
    item.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
    Map<String, JSONSchemaProps> fields = item.getProperties();
    fields.get("lastTransitionTime").setFormat("date-time");
    fields.get("observedGeneration").setMinimum(0.0);
    fields.get("message").setMaxLength((long) Bounds.TEXT);
    fields.get("reason").setMaxLength((long) Bounds.WORD);
    fields.get("type").setMaxLength((long) Bounds.NAME);
    // Not an enum: the generator would write True without quotes, which is no text in YAML.
    fields.get("status").setPattern("^(True|False|Unknown)$");
  }

  private static void selector(JSONSchemaProps selector) {
    selector.setXKubernetesMapType("atomic");
    JSONSchemaProps expressions = selector.getProperties().get("matchExpressions");
    expressions.setXKubernetesListType("atomic");
    JSONSchemaProps expression = expressions.getItems().getSchema();
    expression.setRequired(List.of("key", "operator"));
    expression
        .getProperties()
        .get("operator")
        .setEnum(List.of(text("In"), text("NotIn"), text("Exists"), text("DoesNotExist")));
    expression.getProperties().get("values").setXKubernetesListType("atomic");
  }

  private static JsonNode text(String text) {
    return JsonNodeFactory.instance.textNode(text);
  }
}
