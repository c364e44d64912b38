package io.nephio.recovery.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Objects to start from, as people write them. */
final class Samples {
  static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  static final String POLICY =
      """
      apiVersion: recovery.nephio.io/v1alpha1
      kind: ClusterPolicy
      metadata: {name: sample, namespace: default}
      spec: {clusterSelector: {}}
      """;

  /** Only what must be given. */
  static final String REMEDIATION =
      """
      apiVersion: recovery.nephio.io/v1alpha1
      kind: Remediation
      metadata: {name: edge01-node-n1-1f2e3d4c, namespace: default}
      spec:
        action: ReplaceNode
        expiresAt: "2026-11-26T05:24:00Z"
        policy: {namespace: default, name: default}
        cluster: {namespace: default, name: edge01}
        target: {apiVersion: v1, kind: Node, name: n1, uid: 0c9f}
        machine: {namespace: default, name: edge01-md-0-abc, uid: 7d1e}
        reason: NodeNotReady
        failureClass: Machine
        fingerprint: 1f2e3d4c
        lineage: 9a8b7c6d
        attempt: 1
        failingSince: "2026-11-25T05:10:00Z"
        proposedAt: "2026-11-25T05:24:00Z"
        why: 1 of 6 unhealthy, limit 2
      """;

  /** Everything the operator writes. */
  static final String STATUS =
      """
      observedGeneration: 1
      phase: Verifying
      reason: ReplacementSeen
      message: edge01-md-0-def runs on n7
      conditions:
      - {type: Healthy, status: "True", reason: NodeReady, message: n7 is ready,
         lastTransitionTime: "2026-11-25T05:50:00Z"}
      retryAt: "2026-11-25T05:55:00Z"
      proposal: {repository: nephio/mgmt, base: main, branch: recovery/edge01/node-n1-1f2e3d4c,
                 commit: 0123456789abcdef0123456789abcdef01234567, pullRequest: 42,
                 url: "http://gitea/nephio/mgmt/pulls/42"}
      approval: {mergedBy: alice, mergedAt: "2026-11-25T05:40:00Z",
                 mergeCommit: 89abcdef0123456789abcdef0123456789abcdef,
                 executeBefore: "2026-11-25T06:10:00Z"}
      execution: {startedAt: "2026-11-25T05:41:00Z", finishedAt: "2026-11-25T05:42:00Z",
                  outcome: Done, cordoned: false}
      healthySince: "2026-11-25T05:50:00Z"
      snoozedUntil: "2026-11-26T05:50:00Z"
      history:
      - {at: "2026-11-25T05:24:00Z", phase: Proposed, reason: ""}
      - {at: "2026-11-25T05:40:00Z", phase: Approved, reason: Merged}
      """;

  private Samples() {}

  static ObjectNode tree(String yaml) {
    return SERIALIZATION.unmarshal("---\n" + yaml, ObjectNode.class);
  }

  static <T> T read(JsonNode tree, Class<T> type) {
    return SERIALIZATION.convertValue(tree, type);
  }

  static JsonNode written(Object value) {
    return SERIALIZATION.unmarshal(SERIALIZATION.asJson(value), JsonNode.class);
  }

  static ClusterPolicy policy() {
    return SERIALIZATION.unmarshal(POLICY, ClusterPolicy.class);
  }

  static Remediation remediation() {
    return SERIALIZATION.unmarshal(REMEDIATION, Remediation.class);
  }
}
