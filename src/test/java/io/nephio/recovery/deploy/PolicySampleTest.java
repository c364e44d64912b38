package io.nephio.recovery.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.nephio.recovery.api.Crds;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PolicySampleTest {
  private static final String SAMPLE = KptPackage.POLICY.files().get("policy.yaml");

  @Test
  void everyFieldOfTheSchemaIsInIt() {
    var given = new TreeSet<String>();
    given(given, "spec", tree(SAMPLE).path("spec"));
    assertThat(given).containsAll(fields());
  }

  @Test
  void everyFieldIsExplainedOnTheLineAbove() {
    List<String> lines = SAMPLE.lines().toList();
    for (String field : fields()) {
      String key = field.replaceAll(".*[.]", "") + ":";
      assertThat(lines)
          .as(field)
          .anySatisfy(
              line -> {
                assertThat(line.replaceFirst("^[ -]*", "")).startsWith(key);
                assertThat(lines.get(lines.indexOf(line) - 1).strip()).startsWith("# ");
              });
    }
  }

  private static Set<String> fields() {
    JsonNode crd = tree(Crds.generate().get("clusterpolicies.recovery.nephio.io.yaml"));
    var fields = new TreeSet<String>();
    fields(fields, "spec", crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec"));
    assertThat(fields).hasSizeGreaterThan(30);
    return fields;
  }

  /** The insides of a label selector are Kubernetes' own. */
  private static void fields(Set<String> fields, String path, JsonNode schema) {
    JsonNode object = schema.has("items") ? schema.path("items") : schema;
    if (!object.has("x-kubernetes-map-type")) {
      for (var property : object.path("properties").properties()) {
        fields.add(path + "." + property.getKey());
        fields(fields, path + "." + property.getKey(), property.getValue());
      }
    }
  }

  private static void given(Set<String> given, String path, JsonNode value) {
    value.forEach(item -> given(given, path, item));
    for (var field : value.properties()) {
      given.add(path + "." + field.getKey());
      given(given, path + "." + field.getKey(), field.getValue());
    }
  }

  private static JsonNode tree(String yaml) {
    return new KubernetesSerialization().unmarshal(yaml, JsonNode.class);
  }
}
