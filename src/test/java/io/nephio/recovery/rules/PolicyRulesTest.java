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

class PolicyRulesTest {
  private static final String POLICY =
      """
      apiVersion: recovery.nephio.io/v1alpha1
      kind: ClusterPolicy
      metadata: {name: p}
      spec: {%s}
      """;

  /** What is written, and the rules that find it wrong with the fields they name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "",
      textBlock =
          """
          clusterSelector: {}                                          |
          clusterSelector: null                                        | required spec.clusterSelector
          clusterSelector: {}, nodeNotReady: 5m                        | unknown-field spec.nodeNotReady
          clusterSelector: {}, maxInFlight: two                        | type spec.maxInFlight
          clusterSelector: {}, maxInFlight: 0                          | range spec.maxInFlight
          clusterSelector: {}, maxInFlight: 21                         | range spec.maxInFlight
          clusterSelector: {}, branch: 5                               | type spec.branch
          clusterSelector: {}, branch: on                              | type spec.branch
          clusterSelector: {}, suspend: yes                            |
          clusterSelector: {}, suspend: 'yes'                          | type spec.suspend
          clusterSelector: {}, crdThreshold: 1d                        | pattern spec.crdThreshold
          clusterSelector: {}, allowedNamespaces: [argocd, argocd]     | duplicate spec.allowedNamespaces[1]
          clusterSelector: {}, approvals: [{mode: Auto}]               | enum spec.approvals[0].mode
          clusterSelector: {}, review: {users: ['']}                   | size spec.review.users[0]
          clusterSelector: {}, review: {users: [a,b,c,d,e,f,g,h,i,j,k]} | size spec.review.users
          clusterSelector: {}, clusterNamespaces: ['*', a]             | star-alone spec.clusterNamespaces
          clusterSelector: {}, shortInterval: 10m                      | intervals spec.shortInterval
          clusterSelector: {}, maxUnhealthy: 0                         | max-unhealthy spec.maxUnhealthy
          clusterSelector: {}, maxUnhealthy: 1                         |
          clusterSelector: {}, maxUnhealthy: 101%                      | max-unhealthy spec.maxUnhealthy
          clusterSelector: {}, maxUnhealthy: 1.5                       | type spec.maxUnhealthy
          clusterSelector: {}, maxUnhealthy: 99%                       |
          clusterSelector: {}, maxUnhealthy: 100%                      | all-at-once spec.maxUnhealthy
          clusterSelector: {}, controlPlaneTimeout: 74s                | time-below-cluster-api spec.controlPlaneTimeout
          clusterSelector: {}, controlPlaneTimeout: 75s                |
          clusterSelector: {}, nodePressureThreshold: 29s              | threshold-below-pace spec.nodePressureThreshold
          clusterSelector: {}, nodePressureThreshold: 30s              |
          clusterSelector: {}, machineStartupTimeout: 4m               | times-contradict spec.machineStartupTimeout
          clusterSelector: {}, minHealthyPeriod: 9m                    | times-contradict spec.minHealthyPeriod
          clusterSelector: {}, retryWindow: 59m                        | times-contradict spec.retryWindow
          clusterSelector: {}, proposalTTL: 29m, review: {remindAfter: 1m} | times-contradict spec.proposalTTL
          clusterSelector: {}, stormCooldown: 1s                       | times-contradict spec.stormCooldown
          clusterSelector: {}, review: {remindAfter: 24h}              | times-contradict spec.review.remindAfter
          clusterSelector: {}, review: {remindAfter: ''}               |
          clusterSelector: {}, retryWindow: 1h, stabilization: 30m     | budget-unreachable spec.retryWindow
          clusterSelector: {}, executeWithin: 29s                      | nothing-ever-done spec.executeWithin
          clusterSelector: {}, executeWithin: 30s                      |
          clusterSelector: {matchLabels: {'a b': c}}                   | selector-invalid spec.clusterSelector.matchLabels[a b]
          clusterSelector: {matchLabels: {a: '-'}}                     | selector-invalid spec.clusterSelector.matchLabels.a
          'clusterSelector: {matchExpressions: [{key: a, operator: In}]}' | selector-invalid spec.clusterSelector.matchExpressions[0].values, selects-nothing spec.clusterSelector
          'clusterSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}' | selector-invalid spec.clusterSelector.matchExpressions[0].values
          'clusterSelector: {matchExpressions: [{key: a, operator: NotIn, values: [b]}]}' |
          'clusterSelector: {matchLabels: {a: b}, matchExpressions: [{key: a, operator: DoesNotExist}]}' | selects-nothing spec.clusterSelector
          'clusterSelector: {matchLabels: {a: b}, matchExpressions: [{key: a, operator: NotIn, values: [b, c]}]}' | selects-nothing spec.clusterSelector
          'clusterSelector: {matchLabels: {a: b}, matchExpressions: [{key: a, operator: In, values: [c]}]}' | selects-nothing spec.clusterSelector
          'clusterSelector: {matchExpressions: [{key: a, operator: Exists}, {key: a, operator: DoesNotExist}]}' | selects-nothing spec.clusterSelector
          clusterSelector: {}, clusterNamespaces: ['*']                | selects-everything spec.clusterSelector
          clusterSelector: {matchLabels: {a: b}}, clusterNamespaces: ['*'] |
          clusterSelector: {}, criticalCRDs: {workload: [deployments.apps]} | crd-impossible spec.criticalCRDs.workload[0]
          clusterSelector: {}, criticalCRDs: {workload: [1s.x.org]}    | crd-impossible spec.criticalCRDs.workload[0]
          clusterSelector: {}, criticalCRDs: {workload: [widgets.x.org]} |
          clusterSelector: {}, criticalCRDs: {management: [widgets.x.org]} |
          'clusterSelector: {}, approvals: [{mode: Observe, actions: [DeletePod, DrainNode]}, {mode: PullRequest, actions: [DeletePod]}]' | approval-unreached spec.approvals[1]
          'clusterSelector: {}, approvals: [{mode: Observe, actions: [DeletePod]}, {mode: PullRequest}]' |
          'clusterSelector: {}, approvals: [{mode: Observe, namespaces: [a]}, {mode: PullRequest, namespaces: [a, b]}]' |
          'clusterSelector: {}, approvals: [{mode: Observe, actions: [ReplaceNode], namespaces: [a]}]' | approval-pointless spec.approvals[0].namespaces
          'clusterSelector: {}, approvals: [{mode: Observe, actions: [DeletePod], machineSelector: {}}]' | approval-pointless spec.approvals[0].machineSelector
          'clusterSelector: {}, approvals: [{mode: Observe, actions: [None]}]' | approval-pointless spec.approvals[0].actions
          'clusterSelector: {}, approvals: [{mode: Observe, machineSelector: {matchLabels: {a: ''+''}}}]' | selector-invalid spec.approvals[0].machineSelector.matchLabels.a
          clusterSelector: {}, approvals: [{mode: Observe}]            | only-observed spec.approvals[0]
          clusterSelector: {}, branch: drafts/x                        | branch spec.branch
          clusterSelector: {}, branch: recovery/x                      | branch spec.branch
          clusterSelector: {}, branch: refs/heads/main                 | branch spec.branch
          clusterSelector: {}, branch: a..b                            | branch spec.branch
          clusterSelector: {}, branch: release/1.2                     |
          clusterSelector: {}, repository: nephio/mgmt.git             | repository spec.repository
          clusterSelector: {}, workloadRepository: '../{cluster}'        | repository spec.workloadRepository
          clusterSelector: {}, allowedNamespaces: [shop]               | not-protected spec.allowedNamespaces[0]
          clusterSelector: {}, allowedNamespaces: [kube-system, porch-system] |
          """)
  void isFoundWrong(String spec, String rules) {
    assertThat(found(POLICY.formatted(spec))).isEqualTo(rules == null ? "" : rules);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          clusterSelector: {}, nodeNotReady: 5m | spec.nodeNotReady: there is no such field: write nodeNotReadyThreshold
          clusterSelector: {}, maxInFlite: 5    | spec.maxInFlite: there is no such field: write maxInFlight
          clusterSelector: {}, maxInFlight: 21  | spec.maxInFlight: must be from 1 to 20, is 21
          clusterSelector: {}, branch: on       | spec.branch: must be a text, is true, as unquoted yes, no, on and off are too: put what stands there in quotes
          clusterSelector: {}, maxInFlight: '2' | spec.maxInFlight: must be a whole number, is the text '2': write it without quotes
          clusterSelector: {}, clusterNamespaces: 7 | spec.clusterNamespaces: must be a list, is the number 7: write [7]
          clusterSelector: {}, crdThreshold: 1d | spec.crdThreshold: '1d' is not a duration: write one like 30s, 10m or 1h30m
          clusterSelector: {}, approvals: [{mode: observe}] | spec.approvals[0].mode: 'observe' is not one of its values: write Observe
          clusterSelector: {}, shortInterval: 10m | spec.shortInterval: shortInterval (10m) must not be longer than longInterval (5m)
          clusterSelector: {}                   | ''
          """)
  void theMessageSaysWhatToWrite(String spec, String message) {
    assertThat(
            check(POLICY.formatted(spec)).stream().map(Problem::text).collect(Collectors.joining()))
        .isEqualTo(message);
  }

  @Test
  void whatTheServerRefusesHidesTheRest() {
    assertThat(found(POLICY.formatted("clusterSelector: {}, maxInFlight: 0, maxUnhealthy: 100%")))
        .isEqualTo("range spec.maxInFlight");
  }

  @ParameterizedTest
  @CsvSource({
    "recovery.nephio.io/v1, ClusterPolicy, api-version apiVersion",
    "recovery.nephio.io/v1alpha1, ClusterPolicies, api-version kind",
    "recovery.nephio.io, ClusterPolicy, api-version apiVersion",
  })
  void anotherVersionOrKindIsNoneOfOurs(String version, String kind, String rules) {
    assertThat(found("{apiVersion: %s, kind: %s, metadata: {name: p}}".formatted(version, kind)))
        .isEqualTo(rules);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "",
      value = {
        "{name: p} |",
        "{} | metadata metadata.name",
        "{name: P} | metadata metadata.name",
        "{name: p, namespace: a.b} | metadata metadata.namespace",
        "{name: p, labels: {a: true}} | metadata metadata.labels.a",
        "{name: p, labels: {'a b': c}} | metadata metadata.labels[a b]",
        "{name: p, labels: {a: '-'}} | metadata metadata.labels.a",
        "{name: p, annotations: {x.org/a: anything at all}} |",
        "{name: p, resourceVersion: '5'} | metadata metadata.resourceVersion",
        "{name: p, lables: {}} | unknown-field metadata.lables",
      })
  void metadataIsThatOfKubernetes(String metadata, String rules) {
    String policy =
        "{apiVersion: recovery.nephio.io/v1alpha1, kind: ClusterPolicy, metadata: %s,"
            + " spec: {clusterSelector: {}}}";
    assertThat(found(policy.formatted(metadata))).isEqualTo(rules == null ? "" : rules);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "",
      textBlock =
          """
          {}                          | {}                          | same-clusters
          {matchLabels: {a: b}}       | {}                          | same-clusters
          {}                          | {matchLabels: {a: b}}       | same-clusters
          {matchLabels: {a: b}}       | {matchLabels: {a: b}}       | same-clusters
          {matchLabels: {a: b}}       | {matchLabels: {a: c}}       |
          {matchLabels: {a: b}}       | {matchLabels: {x: z}}       | clusters-overlap
          {matchLabels: {a: b}}       | {matchLabels: {a: b, x: z}} | same-clusters
          {matchExpressions: [{key: a, operator: Exists}]} | {matchExpressions: [{key: a, operator: DoesNotExist}]} |
          {matchExpressions: [{key: a, operator: In, values: [b, c]}]} | {matchExpressions: [{key: a, operator: In, values: [c, d]}]} | clusters-overlap
          {matchExpressions: [{key: a, operator: In, values: [b, c]}]} | {matchExpressions: [{key: a, operator: NotIn, values: [b, c]}]} |
          {matchExpressions: [{key: a, operator: NotIn, values: [b]}]} | {matchExpressions: [{key: a, operator: DoesNotExist}]} | same-clusters
          """)
  void twoPoliciesMayMeetInACluster(String one, String other, String rule) {
    String policies = policy("one", "", one) + "---\n" + policy("two", "", other);
    assertThat(rules(policies)).isEqualTo(rule == null ? "" : rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "",
      textBlock =
          """
          a | b |
          a | ['*'] | same-clusters
          [a, b] | [b, c] | clusters-overlap
          [a, b] | [b] | same-clusters
          """)
  void policiesMeetOnlyWhereTheirNamespacesDo(String one, String other, String rule) {
    String policies =
        policy("one", one, "{matchLabels: {a: b}}")
            + "---\n"
            + policy("two", other, "{matchLabels: {a: b}}");
    assertThat(rules(policies)).isEqualTo(rule == null ? "" : rule);
  }

  @Test
  void theSameObjectTwiceIsOneTooMany() {
    String policy = policy("one", "", "{matchLabels: {a: b}}");
    assertThat(rules(policy + "---\n" + policy)).isEqualTo("same-object-twice");
    assertThat(rules(policy)).isEmpty();
  }

  @Test
  void aStatusIsNobodysToWrite() {
    String policy = POLICY.formatted("clusterSelector: {}");
    assertThat(found(policy + "status: {observedGeneration: 1}"))
        .isEqualTo("status-written status");
    assertThat(found(policy + "status: {}")).isEmpty();
    assertThat(found(policy + "status: {phase: x}")).isEqualTo("unknown-field status.phase");
  }

  private static String policy(String name, String namespaces, String selector) {
    String list =
        namespaces.isEmpty() || namespaces.startsWith("[") ? namespaces : "[" + namespaces + "]";
    return """
        apiVersion: recovery.nephio.io/v1alpha1
        kind: ClusterPolicy
        metadata: {name: %s}
        spec: {clusterSelector: %s%s}
        """
        .formatted(name, selector, list.isEmpty() ? "" : ", clusterNamespaces: " + list);
  }

  private static String found(String yaml) {
    return check(yaml).stream()
        .map(p -> p.rule() + " " + p.field())
        .collect(Collectors.joining(", "));
  }

  private static String rules(String yaml) {
    return check(yaml).stream().map(Problem::rule).collect(Collectors.joining(", "));
  }

  private static List<Problem> check(String yaml) {
    List<Map<?, ?>> objects =
        Yaml.read(yaml, Limits.OBJECTS).stream()
            .<Map<?, ?>>map(d -> (Map<?, ?>) d.value())
            .toList();
    return Rules.check(objects).stream().flatMap(List::stream).toList();
  }
}
