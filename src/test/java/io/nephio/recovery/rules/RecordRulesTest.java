package io.nephio.recovery.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.yaml.Limits;
import io.nephio.recovery.yaml.Yaml;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordRulesTest {
  private static final String RECORD =
      """
      apiVersion: recovery.nephio.io/v1alpha1
      kind: Remediation
      metadata:
        name: edge01-node-n1-1f2e3d4c
        namespace: mgmt
        annotations: {config.kubernetes.io/local-config: "true"}
      spec:
        action: ReplaceNode
        expiresAt: "2026-11-26T05:24:00Z"
        note: ""
        policy: {namespace: mgmt, name: default}
        cluster: {namespace: mgmt, name: edge01}
        target: {apiVersion: v1, kind: Node, name: n1, uid: 0c9f}
        machine: {namespace: mgmt, name: edge01-md-0-abc, uid: 7d1e}
        reason: NodeNotReady
        failureClass: Machine
        fingerprint: 1f2e3d4c
        lineage: 9a8b7c6d
        attempt: 1
        failingSince: "2026-11-25T05:10:00Z"
        proposedAt: "2026-11-25T05:24:00Z"
        why: 1 of 6 unhealthy, limit 2
      """;

  private static final String POLICY =
      """
      ---
      apiVersion: recovery.nephio.io/v1alpha1
      kind: ClusterPolicy
      metadata: {name: default}
      spec: {clusterSelector: {}, proposalTTL: %s}
      """;

  /** What is written instead of what, and the rules that find it wrong. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "",
      textBlock =
          """
          action: ReplaceNode        | action: ReplaceNode |
          action: ReplaceNode        | action: None |
          note: ""                   | 'note: "not today"' |
          2026-11-26T05:24:00Z       | 2026-11-25T06:00:00Z |
          action: ReplaceNode        | action: DeletePod | record-target spec.action
          action: ReplaceNode        | action: DrainNode | record-target spec.failureClass
          failureClass: Machine      | failureClass: Crash | record-target spec.failureClass
          uid: 0c9f                  | uid: '' | target-uid spec.target.uid
          'machine: {namespace: mgmt, name: edge01-md-0-abc, uid: 7d1e}' | 'owner: {apiVersion: v1, kind: X, name: x}' | machine-required spec.machine
          name: edge01-node-n1-1f2e3d4c | name: edge01-node-n1-1f2e3d4c-a2 | record-name metadata.name
          attempt: 1                 | attempt: 2 | record-name metadata.name
          fingerprint: 1f2e3d4c      | fingerprint: 00000000 | type spec.fingerprint
          fingerprint: 1f2e3d4c      | fingerprint: '00000000' | record-name metadata.name
          name: edge01-node          | name: x123456789x123456789x123456789x123456789x12345678edge01-node | name-length metadata.name
          namespace: mgmt\\n  ann    | namespace: other\\n  ann | record-namespace metadata.namespace
          namespace: mgmt\\n  ann    | ann |
          local-config: "true"       | local-config: "false" | record-not-local metadata.annotations[config.kubernetes.io/local-config]
          proposedAt: "2026-11-25T05:24:00Z" | proposedAt: "2026-11-25T05:00:00Z" | record-times spec.proposedAt
          2026-11-26T05:24:00Z       | 2026-11-25T05:23:59Z | record-times spec.expiresAt
          2026-11-26T05:24:00Z       | 2026-11-26T05:24:00ZTx | record-times spec.expiresAt
          2026-11-26T05:24:00Z       | tomorrow | pattern spec.expiresAt
          'note: ""'                 | 'edit: {path: a/b.yaml, package: a, sha256: ''%s''}' | record-edit spec.edit
          """)
  void isFoundWrong(String written, String instead, String rules) {
    String given =
        RECORD.replace(lines(written), lines(instead).replace("%s", "0123456789abcdef".repeat(4)));
    assertThat(found(given)).contains(rules == null ? "" : rules.split(",", -1)[0]);
    assertThat(found(given).isEmpty()).isEqualTo(rules == null);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "",
      value = {
        "smf/deployment.yaml, smf,",
        "smf/deployment.yaml, .,",
        "../deployment.yaml, .., record-edit spec.edit.path",
        "upf/deployment.yaml, smf, record-edit spec.edit.path",
        "smf/../x.yaml, smf, record-edit spec.edit.path",
        "/smf/x.yaml, /smf, record-edit spec.edit.path",
      })
  void anEditLiesInItsPackage(String path, String directory, String rules) {
    String edit =
        "edit: {path: %s, package: %s, sha256: %s}"
            .formatted(path, directory, "0123456789abcdef".repeat(4));
    String restart =
        RECORD
            .replace("action: ReplaceNode", "action: RestartRollout")
            .replace("v1, kind: Node", "apps/v1, kind: Deployment")
            .replace("failureClass: Machine", "failureClass: Rollout")
            .replace("note: \"\"", edit);
    assertThat(found(restart)).isEqualTo(rules == null ? "" : rules);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "",
      value = {"24h,", "23h, record-beyond-policy spec.expiresAt"})
  void aRecordWaitsNoLongerThanItsPolicySays(String ttl, String rules) {
    assertThat(found(RECORD + POLICY.formatted(ttl))).isEqualTo(rules == null ? "" : rules);
  }

  @Test
  void aSpecIsImmutable() {
    Map<?, ?> before = object(RECORD);
    assertThat(Rules.admit(before, before)).isEmpty();
    assertThat(Rules.admit(object(RECORD.replace("attempt: 1", "attempt: 2")), before))
        .singleElement()
        .satisfies(p -> assertThat(p.rule()).isEqualTo("spec-immutable"));
  }

  @Test
  void whatAnApiServerWroteIsNotHeldAgainstAnObject() {
    String live =
        RECORD.replace("namespace: mgmt\n  ann", "namespace: mgmt\n  resourceVersion: '5'\n  ann")
            + "status: {phase: Proposed}\n";
    assertThat(found(live)).contains("metadata.resourceVersion");
    assertThat(Rules.check(Rules.written(object(live)))).isEmpty();
  }

  private static String lines(String text) {
    return text.replace("\\n", "\n");
  }

  private static Map<?, ?> object(String yaml) {
    return (Map<?, ?>) Yaml.read(yaml, Limits.OBJECTS).get(0).value();
  }

  private static String found(String yaml) {
    List<Map<?, ?>> objects =
        Yaml.read(yaml, Limits.OBJECTS).stream()
            .<Map<?, ?>>map(d -> (Map<?, ?>) d.value())
            .toList();
    return Rules.check(objects).stream()
        .flatMap(List::stream)
        .map(p -> p.rule() + " " + p.field())
        .collect(Collectors.joining(", "));
  }
}
