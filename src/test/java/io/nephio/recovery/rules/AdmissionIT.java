package io.nephio.recovery.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.nephio.recovery.servers.KubeApiServer;
import io.nephio.recovery.yaml.Limits;
import io.nephio.recovery.yaml.Yaml;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our verdict against the real API server's: neither accepts what the other refuses. */
class AdmissionIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OBJECTS = Integer.getInteger("admission.objects", 2000);
  private static final long SEED = Long.getLong("admission.seed", 20261125);
  private static final int AT_ONCE = 16;

  private static final String REMEDIATION =
      """
      {"apiVersion": "recovery.nephio.io/v1alpha1", "kind": "Remediation",
       "metadata": {"name": "edge01-node-n1-1f2e3d4c", "namespace": "default"},
       "spec": {"action": "ReplaceNode", "expiresAt": "2026-11-26T05:24:00Z",
        "policy": {"namespace": "default", "name": "default"},
        "cluster": {"namespace": "default", "name": "edge01"},
        "target": {"apiVersion": "v1", "kind": "Node", "name": "n1", "uid": "0c9f"},
        "machine": {"namespace": "default", "name": "m", "uid": "7d1e"},
        "reason": "NodeNotReady", "failureClass": "Machine", "fingerprint": "1f2e3d4c",
        "lineage": "9a8b7c6d", "attempt": 1, "failingSince": "2026-11-25T05:10:00Z",
        "proposedAt": "2026-11-25T05:24:00Z", "why": "1 of 6 unhealthy, limit 2"}}
      """;

  private static KubeApiServer server;
  private static HttpClient http;

  private record Answer(int code, String text) {
    boolean accepted() {
      return code == 200 || code == 201;
    }
  }

  private record Case(String json, CompletableFuture<Answer> answer) {}

  @BeforeAll
  static void start() {
    server = KubeApiServer.start("admission", "--max-mutating-requests-inflight=400");
    http = server.client().getHttpClient();
    for (String plural : SchemaDigest.CRDS.values()) {
      server.apply(Path.of("crds", plural + ".recovery.nephio.io.yaml"));
      await().until(() -> send("GET", path(plural), "").join().accepted());
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void generatedObjectsGetTheSameVerdict() {
    Generated generated = new Generated(SEED);
    List<Case> open = new ArrayList<>();
    List<String> disagreements = new ArrayList<>();
    int accepted = 0;
    for (int i = 0; i < OBJECTS; i++) {
      Map<String, Object> object = generated.next();
      String plural =
          Kinds.REMEDIATION.equals(object.get("kind")) ? "remediations" : "clusterpolicies";
      String json = json(object);
      open.add(new Case(json, send("POST", create(plural), json)));
      if (open.size() == AT_ONCE || i == OBJECTS - 1) {
        for (Case done : open) {
          accepted += done.answer().join().accepted() ? 1 : 0;
          disagreement(done, disagreements);
        }
        open.clear();
      }
    }
    assertThat(disagreements).as("of %s objects, seed %s", OBJECTS, SEED).isEmpty();
    assertThat(accepted).isBetween(OBJECTS / 5, OBJECTS * 4 / 5);
  }

  /** What the generator found once, and what it hardly ever makes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          clusterpolicies | {"clusterSelector": {}}
          clusterpolicies | {"clusterSelector": null}
          clusterpolicies | {"clusterSelector": {}, "maxUnhealthy": 5.0}
          clusterpolicies | {"clusterSelector": {}, "maxUnhealthy": 1}
          clusterpolicies | {"clusterSelector": {}, "maxUnhealthy": "05%"}
          clusterpolicies | {"clusterSelector": {}, "maxInFlight": 3.0}
          clusterpolicies | {"clusterSelector": {}, "clusterNamespaces": ["*", "a"]}
          clusterpolicies | {"clusterSelector": {}, "shortInterval": "6m"}
          clusterpolicies | {"clusterSelector": {}, "shortInterval": "60s", "longInterval": "1m"}
          clusterpolicies | {"clusterSelector": {}, "podCrashThreshold": "10m\\n"}
          clusterpolicies | {"clusterSelector": {"matchLabels": {"a": null}}}
          clusterpolicies | {"clusterSelector": {"matchExpressions": [null]}}
          clusterpolicies | {"clusterSelector": {}, "approvals": [{"mode": "Observe", "actions": ["None", "None"]}]}
          clusterpolicies | {"clusterSelector": {}, "review": null}
          clusterpolicies | {"clusterSelector": {}, "review": {"remindAfter": ""}}
          clusterpolicies | {"clusterSelector": {}, "nodeNotReady": "5m"}
          """)
  void aPolicyGetsTheSameVerdict(String plural, String spec) {
    String json =
        """
        {"apiVersion": "recovery.nephio.io/v1alpha1", "kind": "ClusterPolicy",
         "metadata": {"name": "p"}, "spec": %s}
        """
            .formatted(spec);
    same(json, plural);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "edge01-node | edge01.node",
        "edge01-node | Edge01",
        "edge01-node-n1-1f2e3d4c | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "\"machine\" | \"owner\"",
        "0c9f | ''",
        "ReplaceNode | None",
        "2026-11-26T05:24:00Z | 2026-11-26T05:24:00ZTx",
        "\"2026-11-26T05:24:00Z\" | []",
        "\"attempt\": 1 | \"attempt\": 0",
        "1f2e3d4c\", | 1F2E3D4C\",",
      })
  void aRemediationGetsTheSameVerdict(String written, String instead) {
    same(REMEDIATION.replace(written, instead), "remediations");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"action\": \"ReplaceNode\" | \"action\": \"ReplaceNode\"",
        "\"action\": \"ReplaceNode\" | \"action\": \"ReplaceNode\", \"note\": \"\"",
        "\"action\": \"ReplaceNode\" | \"action\": \"None\"",
        "\"name\": \"n1\" | \"name\": \"n2\"",
      })
  void aChangeGetsTheSameVerdict(String written, String instead) {
    String stored = send("POST", path("remediations"), REMEDIATION).join().text();
    String item = path("remediations") + "/edge01-node-n1-1f2e3d4c";
    try {
      String version = stored.replaceAll("(?s).*\"resourceVersion\":\\s*\"([0-9]+)\".*", "$1");
      String changed = REMEDIATION.replace(written, instead);
      Answer answer =
          send(
                  "PUT",
                  item + "?dryRun=All&fieldValidation=Strict",
                  changed.replace(
                      "\"namespace\": \"default\"},\n \"spec\"",
                      "\"namespace\": \"default\", \"resourceVersion\": \""
                          + version
                          + "\"},\n \"spec\""))
              .join();
      assertThat(Rules.admit(tree(changed), tree(REMEDIATION)).isEmpty())
          .as(answer.text())
          .isEqualTo(answer.accepted());
    } finally {
      send("DELETE", item, "").join();
    }
  }

  private static void same(String json, String plural) {
    List<String> disagreements = new ArrayList<>();
    disagreement(new Case(json, send("POST", create(plural), json)), disagreements);
    assertThat(disagreements).isEmpty();
  }

  private static void disagreement(Case done, List<String> disagreements) {
    Answer answer = done.answer().join();
    List<Problem> ours = Rules.admit(tree(done.json()), null);
    if (ours.isEmpty() != answer.accepted()) {
      disagreements.add(
          "server: %d %s\n  ours: %s\n  %s\n"
              .formatted(answer.code(), answer.text(), ours, done.json()));
    }
  }

  private static Map<?, ?> tree(String json) {
    return (Map<?, ?>) Yaml.read(json, Limits.OBJECTS).get(0).value();
  }

  private static String json(Map<String, Object> object) {
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String path(String plural) {
    return "/apis/recovery.nephio.io/v1alpha1/namespaces/default/" + plural;
  }

  private static String create(String plural) {
    return path(plural) + "?dryRun=All&fieldValidation=Strict";
  }

  private static CompletableFuture<Answer> send(String method, String path, String body) {
    var request = http.newHttpRequestBuilder().uri(URI.create(server.url() + path));
    if (!body.isEmpty()) {
      request.method(method, "application/json", body);
    } else if (method.equals("DELETE")) {
      request.delete("application/json", "{}");
    }
    return http.sendAsync(request.build(), String.class)
        .thenApply(
            response -> {
              if (response.code() >= 500 || response.code() == 429 || response.code() == 401) {
                throw new IllegalStateException(response.code() + " " + response.body());
              }
              return new Answer(response.code(), response.body());
            });
  }
}
