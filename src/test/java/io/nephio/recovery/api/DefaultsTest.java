package io.nephio.recovery.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files have no API server that fills in defaults: the records do, and with the same ones. */
class DefaultsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}",
        "{suspend: true, podCrashThreshold: 1m, maxInFlight: 7, maxUnhealthy: 2}",
        "{review: {users: [alice]}}",
        "{review: {remindAfter: ''}}",
        "{criticalCRDs: {workload: [a.example.com]}}",
        "{approvals: [{mode: Observe}, {mode: PullRequest, actions: [DeletePod]}]}",
      })
  void ofAPolicyAreTheServers(String given) {
    ObjectNode spec = Samples.tree(given);
    spec.putObject("clusterSelector");
    assertThat(Samples.written(Samples.read(spec, ClusterPolicySpec.class)))
        .isEqualTo(defaulted(spec, "clusterpolicies"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}",
        "{note: thanks, stabilization: 1m}",
        "{owner: {apiVersion: apps/v1, kind: Deployment, namespace: shop, name: web}}",
        "{target: {apiVersion: v1, kind: Node, name: n1}}",
        "{evidence: [{object: Node n1, condition: Ready=Unknown}]}",
      })
  void ofARemediationAreTheServers(String given) {
    ObjectNode spec = (ObjectNode) Samples.tree(Samples.REMEDIATION).get("spec");
    spec.setAll(Samples.tree(given));
    assertThat(Samples.written(Samples.read(spec, RemediationSpec.class)))
        .isEqualTo(defaulted(spec, "remediations"));
  }

  private static JsonNode defaulted(ObjectNode spec, String plural) {
    String crd = Crds.generate().get(plural + ".recovery.nephio.io.yaml");
    ObjectNode copy = spec.deepCopy();
    fill(copy, Samples.tree(crd).at("/spec/versions/0/schema/openAPIV3Schema/properties/spec"));
    return copy;
  }

  private static void fill(JsonNode value, JsonNode schema) {
    if (value.isArray()) {
      value.forEach(item -> fill(item, schema.path("items")));
    }
    if (value instanceof ObjectNode object) {
      for (var field : schema.path("properties").properties()) {
        if (!object.has(field.getKey()) && field.getValue().has("default")) {
          object.set(field.getKey(), field.getValue().get("default").deepCopy());
        }
        fill(object.path(field.getKey()), field.getValue());
      }
    }
  }
}
