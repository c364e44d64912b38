package io.nephio.recovery.api;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nephio.recovery.servers.KubeApiServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrdsIT {
  private static final String LONG = "x".repeat(5000);
  private static final Instant AT = Instant.parse("2026-11-25T05:24:00Z");

  private static final String MAX_UNHEALTHY =
      "spec.maxUnhealthy: Invalid value: maxUnhealthy must be a whole number of at least 1 or a"
          + " percentage from 1% to 100%";

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("recovery")
          .withForce(true)
          .build();

  private static KubeApiServer server;
  private static KubernetesClient client;

  @BeforeAll
  static void start() {
    server = KubeApiServer.start("crds");
    client = server.client();
    for (String file : List.of("clusterpolicies", "remediations")) {
      server.apply(Path.of("crds", file + ".recovery.nephio.io.yaml"));
      await().until(() -> "True".equals(condition(crd(file), "Established")));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"clusterpolicies", "remediations"})
  void isAcceptedWhole(String plural) {
    CustomResourceDefinition before = crd(plural);
    assertThat(condition(before, "NamesAccepted")).isEqualTo("True");
    assertThat(condition(before, "NonStructuralSchema")).isNull();
    server.apply(Path.of("crds", plural + ".recovery.nephio.io.yaml"));
    assertThat(crd(plural).getMetadata().getGeneration())
        .isEqualTo(before.getMetadata().getGeneration());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}",
        "{maxUnhealthy: 3, shortInterval: 1m}",
        "{clusterNamespaces: ['*'], review: {users: [alice]}, criticalCRDs: {workload: [a.b.c]}}",
        "{approvals: [{mode: Observe, clusterSelector: {matchLabels: {tier: lab}}}]}",
        "{clusterSelector: {matchExpressions: [{key: a, operator: In, values: [b]}]}}",
      })
  void theServerFillsInWhatTheRecordsDo(String given) {
    ObjectNode tree = policy(given);
    assertThat(tried(tree).get("spec"))
        .isEqualTo(Samples.written(Samples.read(tree, ClusterPolicy.class).spec()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}",
        "{target: {apiVersion: v1, kind: CRD, name: a.b.c}, action: ReapplyCrd}",
        "{owner: {apiVersion: apps/v1, kind: Deployment, namespace: shop, name: web}}",
        "{evidence: [{object: Node n1, condition: Ready=Unknown, since: '2026-11-25T05:10:00Z'}]}",
      })
  void andInRemediations(String given) {
    ObjectNode tree = remediation(given);
    assertThat(tried(tree).get("spec"))
        .isEqualTo(Samples.written(Samples.read(tree, Remediation.class).spec()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{clusterNamespaces: ['*', a]} | spec.clusterNamespaces: Invalid value: '*' means all"
            + " namespaces and must stand alone: remove the other entries or the '*'",
        "{shortInterval: 10m} | spec.shortInterval: Invalid value: shortInterval (10m) must not be"
            + " longer than longInterval (5m)",
        "{longInterval: 29999ms} | spec.shortInterval: Invalid value: shortInterval (30s) must not"
            + " be longer than longInterval (29999ms)",
        "{maxUnhealthy: 0} | " + MAX_UNHEALTHY,
        "{maxUnhealthy: -3} | " + MAX_UNHEALTHY,
        "{maxUnhealthy: 0%} | " + MAX_UNHEALTHY,
        "{maxUnhealthy: 101%} | " + MAX_UNHEALTHY,
        "{maxUnhealthy: '5'} | " + MAX_UNHEALTHY,
        "{maxUnhealthy: x} | " + MAX_UNHEALTHY,
      })
  void rulesOfPolicies(String given, String message) {
    assertThat(refusal(policy(given))).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{machine: null} | spec.machine: Required value: ReplaceNode needs spec.machine: the"
            + " Machine that is to be deleted",
        "{machine: null, action: ReplaceMachine} | spec.machine: Required value: ReplaceMachine"
            + " needs spec.machine: the Machine that is to be deleted",
        "{target: {apiVersion: v1, kind: Node, name: n1}} | spec.target.uid: Invalid value:"
            + " target.uid must name the very object that fails; only a missing CRD (action"
            + " ReapplyCrd) has none",
      })
  void rulesOfRemediations(String given, String message) {
    assertThat(refusal(remediation(given))).contains(message);
  }

  @Test
  void aRemediationsNameIsALabelValue() {
    ObjectNode tree = remediation("{}");
    ((ObjectNode) tree.get("metadata")).put("name", "a".repeat(63));
    assertThat(tried(tree)).isNotNull();
    ((ObjectNode) tree.get("metadata")).put("name", "a".repeat(64));
    assertThat(refusal(tree))
        .contains(
            "metadata.name: Invalid value: metadata.name must not be longer than 63 characters:"
                + " it is also a label value");
  }

  @Test
  void whatWasDecidedStays() {
    client.resource(named("immutable")).create();
    Remediation again = client.resource(named("immutable")).serverSideApply();
    assertThat(again.getMetadata().getGeneration()).isEqualTo(1);
    ObjectNode changed = remediation("{note: changed}");
    ((ObjectNode) changed.get("metadata"))
        .put("name", "immutable")
        .put("resourceVersion", again.getMetadata().getResourceVersion());
    var refused =
        catchThrowableOfType(KubernetesClientException.class, () -> generic(changed).update());
    assertThat(refused)
        .hasMessageContaining(
            "spec: Forbidden: spec is what was decided and cannot be changed; close the pull"
                + " request instead");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{clusterSelector: null} | spec.clusterSelector",
        "{clusterSelector: {matchExpressions: [{key: a, operator: Bogus}]}} | [0].operator",
        "{clusterSelector: {matchExpressions: [{key: a}]}} | [0].operator",
        "{clusterNamespaces: [A]} | spec.clusterNamespaces[0]",
        "{clusterNamespaces: [a, a]} | spec.clusterNamespaces[1]",
        "{podCrashThreshold: 99999999999999999h} | spec.podCrashThreshold",
        "{podCrashThreshold: 111111h11111h11111h1h} | spec.podCrashThreshold",
        "{podCrashThreshold: 0s} | spec.podCrashThreshold",
        "{podCrashThreshold: ''} | spec.podCrashThreshold",
        "{criticalCRDs: {workload: [clusters]}} | spec.criticalCRDs.workload[0]",
        "{repository: 'https://gitea/nephio/mgmt'} | spec.repository",
        "{repository: mgmt} | spec.repository",
        "{workloadRepository: 'nephio/{node}'} | spec.workloadRepository",
        "{maxUnhealthy: 1.5} | spec.maxUnhealthy",
        "{maxInFlight: 0} | spec.maxInFlight",
        "{maxInFlight: 21} | spec.maxInFlight",
        "{maxOpenPullRequests: 51} | spec.maxOpenPullRequests",
        "{retryBudget: 11} | spec.retryBudget",
        "{approvals: [{actions: [DeletePod]}]} | spec.approvals[0].mode",
        "{approvals: [{mode: Auto}]} | spec.approvals[0].mode",
        "{review: {remindAfter: never}} | spec.review.remindAfter",
      })
  void isNoPolicy(String given, String field) {
    assertThat(refusal(policy(given))).contains(field);
  }

  @Test
  void whatTheRecordsCutIsAccepted() {
    Condition condition =
        new ConditionBuilder()
            .withType("Blocked")
            .withStatus("True")
            .withReason(LONG)
            .withMessage(LONG)
            .withLastTransitionTime(AT.toString())
            .build();
    Remediation remediation = client.resource(named("long-status")).create();
    remediation.setStatus(
        RemediationStatus.empty()
            .with(Phase.Unknown, LONG, "😀".repeat(5000))
            .withConditions(List.of(condition)));
    Remediation written = client.resource(remediation).updateStatus();
    assertThat(written.status()).isEqualTo(remediation.status());
  }

  @Test
  void theLargestPolicyStatusIsAccepted() {
    var breaker = new ClusterPolicyStatus.Breaker(true, LONG, AT, AT);
    ClusterPolicy policy = Samples.policy();
    policy.getMetadata().setName("largest");
    policy = client.resource(policy).create();
    policy.setStatus(
        new ClusterPolicyStatus(
            1L,
            List.of(),
            new ClusterPolicyStatus.Summary(500, 500, 5, 1, 50),
            IntStream.range(0, 500)
                .mapToObj("%0253d"::formatted)
                .map(n -> new ClusterPolicyStatus.ClusterState("d", n, LONG, AT, LONG, breaker))
                .toList(),
            Collections.nCopies(
                50, new ClusterPolicyStatus.Attention(LONG, LONG, LONG, LONG, LONG, AT, AT))));
    ClusterPolicy written = client.resource(policy).updateStatus();
    assertThat(written.status()).isEqualTo(policy.status());
  }

  @Test
  void aWholeStatusRoundTrips() {
    ObjectNode tree = remediation("{}");
    tree.set("status", Samples.tree(Samples.STATUS));
    Remediation given = Samples.read(tree, Remediation.class);
    given.getMetadata().setName("whole-status");
    client.resource(given).create();
    client.resource(given).subresource("status").patch(APPLY);
    Resource<Remediation> stored = client.resource(given);
    assertThat(stored.get().status()).isEqualTo(given.status());
    assertThat(stored.get().spec()).isEqualTo(given.spec());
    assertThat(selected("status.phase", "Verifying")).contains("whole-status");
    assertThat(selected("status.phase", "Proposed")).doesNotContain("whole-status");
    assertThat(selected("spec.cluster.name", "edge01")).contains("whole-status");
    assertThat(selected("spec.cluster.name", "edge02")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "clusterpolicies, Name Clusters Degraded Waiting Valid Git Age",
    "remediations,    Name Cluster Action Target Phase Reason PR Age (Kind)",
  })
  void columns(String plural, String names) {
    String columns =
        StreamSupport.stream(table(plural).get("columnDefinitions").spliterator(), false)
            .map(c -> (c.get("priority").asInt() == 0 ? "%s" : "(%s)").formatted(name(c)))
            .collect(joining(" "));
    assertThat(columns).isEqualTo(names);
  }

  private static String name(JsonNode column) {
    return column.get("name").asText();
  }

  private static JsonNode table(String plural) {
    var request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(URI.create(server.url() + "/apis/recovery.nephio.io/v1alpha1/" + plural))
            .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
            .build();
    return Samples.tree(client.getHttpClient().sendAsync(request, String.class).join().body());
  }

  private static CustomResourceDefinition crd(String plural) {
    return client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(plural + ".recovery.nephio.io")
        .get();
  }

  private static String condition(CustomResourceDefinition crd, String type) {
    return crd.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .map(condition -> condition.getStatus())
        .findFirst()
        .orElse(null);
  }

  private static List<String> selected(String field, String value) {
    return client
        .resources(Remediation.class)
        .inAnyNamespace()
        .withField(field, value)
        .list()
        .getItems()
        .stream()
        .map(found -> found.getMetadata().getName())
        .toList();
  }

  private static Remediation named(String name) {
    Remediation remediation = Samples.remediation();
    remediation.getMetadata().setName(name);
    return remediation;
  }

  private static ObjectNode policy(String spec) {
    return with(Samples.tree(Samples.POLICY), spec);
  }

  private static ObjectNode remediation(String spec) {
    return with(Samples.tree(Samples.REMEDIATION), spec);
  }

  private static ObjectNode with(ObjectNode tree, String spec) {
    ((ObjectNode) tree.get("spec")).setAll(Samples.tree(spec));
    return tree;
  }

  private static Resource<GenericKubernetesResource> generic(JsonNode tree) {
    return client.resource(Samples.read(tree, GenericKubernetesResource.class));
  }

  /** As the server would store it. */
  private static JsonNode tried(JsonNode tree) {
    return Samples.written(generic(tree).dryRun().create());
  }

  private static String refusal(JsonNode tree) {
    var refused =
        catchThrowableOfType(
            KubernetesClientException.class, () -> generic(tree).dryRun().create());
    assertThat(refused).as("refused").isNotNull();
    assertThat(refused.getCode()).isIn(400, 422);
    return refused.getStatus().getMessage();
  }
}
