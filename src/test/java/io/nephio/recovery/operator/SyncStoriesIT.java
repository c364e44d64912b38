package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.Timer;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.servers.AuditEntry;
import io.nephio.recovery.servers.KubeApiServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A GitOps engine applies the package, so the merge is the act: the operator changes nothing, waits
 * for the engine and tells what holds it back. The test stands for the engine and writes its status
 * as its controllers do.
 */
class SyncStoriesIT {
  private static final String COMMIT = "@commit@";

  /** What applies a whole repository. */
  static final List<String> FLUX =
      List.of(
          """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {namespace: default, name: packages}
                spec: {url: "@url@", interval: 1m, ref: {branch: main}}
                """,
          """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {namespace: default, name: packages}
                spec: {path: ./, prune: true, sourceRef: {kind: GitRepository, name: packages}}
                """);

  static final String FLUX_DONE =
      "{lastAppliedRevision: 'main@sha1:@commit@', conditions: [{type: Ready, status: 'True', reason: ReconciliationSucceeded}]}";

  private static final String ARGO_DONE =
      "{sync: {status: Synced, revision: '@commit@'}, operationState: {phase: Succeeded}}";

  @AutoClose private static Stage stage;

  private Instant began;

  @BeforeAll
  static void set() {
    stage = new Stage();
    engines(stage.workload);
    engines(stage.management);
  }

  /** Their kinds are served from then on. */
  static void engines(KubeApiServer server) {
    Stream.of("configsync", "flux", "argocd")
        .map(engine -> resource("/gitops/" + engine + ".yaml"))
        .forEach(server::install);
  }

  @BeforeEach
  void begin() {
    began = Instant.now();
  }

  @AfterEach
  void clear() {
    stage.clear();
    nothingApplies(stage.workload);
    nothingApplies(stage.management);
  }

  static void nothingApplies(KubeApiServer server) {
    for (String kind : List.of("RootSync", "GitRepository", "Kustomization", "Application")) {
      objects(server, kind).forEach(o -> server.client().resource(o).delete());
    }
  }

  static Stream<Arguments> engines() {
    return Stream.of(
        Arguments.of(
            "configsync",
            "edge61",
            List.of(
                """
                apiVersion: configsync.gke.io/v1beta1
                kind: RootSync
                metadata: {namespace: default, name: packages}
                spec: {sourceFormat: unstructured, git: {repo: "@url@.git", branch: main, auth: token}}
                """),
            "{lastSyncedCommit: old, sync: {commit: '@commit@', errors: [{code: '2009', errorMessage: 'denied'}]}}",
            "KNV2009: denied",
            "{lastSyncedCommit: '@commit@', sync: {commit: '@commit@'}}"),
        Arguments.of(
            "flux",
            "edge62",
            FLUX,
            "{lastAppliedRevision: 'main@sha1:old', conditions: [{type: Ready, status: 'False', reason: BuildFailed, message: denied}]}",
            "BuildFailed: denied",
            FLUX_DONE),
        Arguments.of(
            "argocd",
            "edge63",
            List.of(
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {namespace: default, name: packages}
                spec:
                  project: default
                  destination: {server: "https://kubernetes.default.svc"}
                  source: {repoURL: "@url@", path: ., targetRevision: HEAD}
                  syncPolicy: {automated: {}}
                """),
            "{sync: {status: OutOfSync, revision: '@commit@'}, conditions: [{type: SyncError, message: denied}]}",
            "SyncError: denied",
            ARGO_DONE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("engines")
  void itWaitsForTheEngineAndTellsWhatHoldsItBack(
      String namespace,
      String cluster,
      List<String> objects,
      String failing,
      String why,
      String done) {
    String plural = namespace + "s";
    long before = synced();
    Remediation proposed = missing(namespace, cluster, plural, objects);
    assertThat(body(proposed))
        .contains("default/packages applies the package: **the merge itself is the act");

    stage.approver.merge(proposed);

    Remediation waiting = stage.await(namespace, Phase.WaitingForSync);
    String commit = waiting.status().approval().mergeCommit();
    status(stage.workload, failing, commit);
    Stage.waiting().until(() -> blocked(namespace).startsWith("SyncFailing: "));
    assertThat(blocked(namespace)).contains("default/packages").contains(why);

    stage.workload.apply(CrdStoriesIT.manifest(plural, "v1"));
    status(stage.workload, done, commit);

    Remediation healed = stage.await(namespace, Phase.Succeeded);
    assertThat(healed.status().history())
        .extracting(RemediationStatus.Transition::phase)
        .contains(Phase.WaitingForSync, Phase.Verifying)
        .doesNotContain(Phase.Executing);
    assertThat(changes()).as("by the operator").isEmpty();
    assertThat(synced()).isEqualTo(before + 1);
  }

  private static String body(Remediation proposed) {
    return stage.approver.pull(proposed).path("body").asText();
  }

  private static long synced() {
    return stage
        .meters
        .find("remediation.time")
        .tags("action", "ReapplyCrd", "part", "sync")
        .timers()
        .stream()
        .mapToLong(Timer::count)
        .sum();
  }

  @Test
  void alsoALaterCommitHoldsWhatWasMerged() {
    String sync =
        """
        apiVersion: configsync.gke.io/v1beta1
        kind: RootSync
        metadata: {namespace: default, name: packages}
        spec: {git: {repo: "@url@", branch: main, dir: /}}
        """;
    Remediation proposed = missing("later", "edge64", "laters", List.of(sync));
    stage.approver.merge(proposed);
    stage.await("later", Phase.WaitingForSync);
    stage.gitea.createFile("nephio/edge64", "main", "more.yaml", "{}");

    stage.workload.apply(CrdStoriesIT.manifest("laters", "v1"));
    String head =
        stage.approver.json("/repos/nephio/edge64/branches/main").at("/commit/id").asText();
    status(stage.workload, "{lastSyncedCommit: '@commit@'}", head);

    stage.await("later", Phase.Succeeded);
    assertThat(changes()).isEmpty();
  }

  /** What a hub's Application or a Kustomization with a kubeconfig names is this cluster. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("hubs")
  void itWaitsForAnEngineInTheManagementClusterToo(
      String namespace, String cluster, List<String> objects, String done) {
    String plural = namespace + "s";
    String server = stage.workload.url();
    List<String> reaching = objects.stream().map(o -> o.replace("@server@", server)).toList();
    Remediation proposed = missing(namespace, cluster, plural, reaching, stage.management);

    stage.approver.merge(proposed);

    Remediation waiting = stage.await(namespace, Phase.WaitingForSync);
    stage.passes(3);
    assertThat(stage.remediation(namespace).status().phase()).isEqualTo(Phase.WaitingForSync);
    stage.workload.apply(CrdStoriesIT.manifest(plural, "v1"));
    status(stage.management, done, waiting.status().approval().mergeCommit());
    stage.await(namespace, Phase.Succeeded);
    assertThat(changes()).as("by the operator").isEmpty();
  }

  static Stream<Arguments> hubs() {
    String argo =
        """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {namespace: default, name: packages}
        spec:
          project: default
          destination: {server: "@server@"}
          source: {repoURL: "@url@", path: ., targetRevision: HEAD}
          syncPolicy: {automated: {}}
        """;
    return Stream.of(
        Arguments.of(
            "hubflux",
            "edge66",
            FLUX.stream()
                .map(o -> o.replace("namespace: default", "namespace: hubflux"))
                .map(
                    o ->
                        o.replace(
                            "prune: true",
                            "prune: true, kubeConfig: {secretRef: {name: edge66-kubeconfig}}"))
                .toList(),
            FLUX_DONE),
        Arguments.of("hubargo", "edge67", List.of(argo), ARGO_DONE),
        Arguments.of(
            "hubname",
            "edge68",
            List.of(argo.replace("server: \"@server@\"", "name: edge68")),
            ARGO_DONE));
  }

  @Test
  void anEngineOfAnotherFolderLeavesItToTheOperator() {
    String sync =
        """
        apiVersion: configsync.gke.io/v1beta1
        kind: RootSync
        metadata: {namespace: default, name: packages}
        spec: {git: {repo: "@url@", branch: main, dir: elsewhere}}
        """;
    Remediation proposed = missing("other", "edge65", "others", List.of(sync));

    assertThat(body(proposed)).doesNotContain("the merge itself is the act");

    stage.approver.merge(proposed);

    stage.await("other", Phase.Succeeded);
    assertThat(changes())
        .extracting(e -> e.verb() + " " + e.name())
        .containsExactly("patch others.example.com");
  }

  private static Remediation missing(
      String namespace, String cluster, String plural, List<String> engine) {
    return missing(namespace, cluster, plural, engine, stage.workload);
  }

  private static Remediation missing(
      String namespace, String cluster, String plural, List<String> engine, KubeApiServer at) {
    String repository = "nephio/" + cluster;
    stage.repository(repository);
    stage.gitea.createFile(
        repository, "main", "crds/one.yaml", CrdStoriesIT.manifest(plural, "v1"));
    String url = "http://gitea.gitea.svc:3000/" + repository;
    stage.workers(namespace, cluster, 1);
    engine.forEach(object -> at.apply(object.replace("@url@", url)));
    stage.policy(namespace, "fleet", "criticalCRDs: {workload: [" + plural + ".example.com]}\n");
    stage.start();
    return stage.await(namespace, Phase.Proposed);
  }

  /** Of what applies; Argo CD's kind has no subresource for it. */
  static void status(KubeApiServer server, String status, String commit) {
    var value = Serialization.unmarshal("---\n" + status.replace(COMMIT, commit), Map.class);
    for (String kind : List.of("RootSync", "Kustomization", "Application")) {
      for (GenericKubernetesResource object : objects(server, kind)) {
        object.setAdditionalProperty("status", value);
        var resource = server.client().resource(object);
        if (kind.equals("Application")) {
          resource.update();
        } else {
          resource.updateStatus();
        }
      }
    }
  }

  private static List<GenericKubernetesResource> objects(KubeApiServer server, String kind) {
    String version =
        switch (kind) {
          case "RootSync" -> "configsync.gke.io/v1beta1";
          case "GitRepository" -> "source.toolkit.fluxcd.io/v1";
          case "Kustomization" -> "kustomize.toolkit.fluxcd.io/v1";
          default -> "argoproj.io/v1alpha1";
        };
    return server
        .client()
        .genericKubernetesResources(version, kind)
        .inAnyNamespace()
        .list()
        .getItems();
  }

  private static String blocked(String namespace) {
    return stage.blocked(namespace).map(c -> c.getReason() + ": " + c.getMessage()).orElse("");
  }

  private List<AuditEntry> changes() {
    return stage.changes().stream().filter(e -> e.at().isAfter(began)).toList();
  }

  static String resource(String path) {
    try (InputStream stream = SyncStoriesIT.class.getResourceAsStream(path)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
