package io.nephio.recovery.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.nephio.recovery.facts.ClusterRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Given these objects of an engine: who applies core/smf.yaml of nephio/edge01, and how far it is.
 */
class EnginesTest {
  private static final Source SMF = new Source("nephio/edge01", "main", "core/smf.yaml");
  private static final String NONE = "";
  private static final String ROOT = "Config Sync's RootSync ns/edge01";
  private static final String FLUX = "Flux's Kustomization ns/edge01";
  private static final String ARGO = "Argo CD's Application ns/edge01";

  @ParameterizedTest
  @CsvSource({
    "http://172.18.0.200:3000/nephio/edge01.git, true",
    "http://gitea.gitea.svc/nephio/edge01, true",
    "https://gitea/Nephio/Edge01/, true",
    "git@gitea:nephio/edge01.git, true",
    "http://gitea/other-nephio/edge01, false",
    "http://gitea/nephio/edge011, false",
    "'', false",
  })
  void aRepositoryIsKnownByOwnerAndName(String url, boolean is) {
    assertThat(SMF.isFrom(url)).isEqualTo(is);
  }

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "/, true",
    "., true",
    "./, true",
    "core, true",
    "./core, true",
    "/core/, true",
    "cor, false",
    "core/smf, false",
    "other, false",
  })
  void aFileIsInAFolderOrBelowIt(String folder, boolean is) {
    assertThat(SMF.isIn(folder)).isEqualTo(is);
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        row("nothing is served", NONE),
        row("Config Sync, new", ROOT + " at '' ''", rootSync("", "")),
        row(
            "Config Sync, another repository",
            NONE,
            rootSync("", "").replace("nephio/edge01", "nephio/edge02")),
        row(
            "Config Sync, another branch",
            NONE,
            rootSync("", "").replace("branch: main", "branch: staging")),
        row(
            "Config Sync, another folder",
            NONE,
            rootSync("", "").replace("dir: core", "dir: other")),
        row("Config Sync, done", ROOT + " at 'c1' ''", rootSync("lastSyncedCommit: c1", "")),
        row(
            "Config Sync cannot apply",
            ROOT + " at 'c0' 'KNV2009: no kind Smf'",
            rootSync(
                "lastSyncedCommit: c0",
                "sync: {commit: c1, errors: [{code: '2009', errorMessage: no kind Smf}]}")),
        row(
            "Config Sync cannot read",
            ROOT + " at 'c0' 'KNV2004: unauthorized'",
            rootSync(
                "lastSyncedCommit: c0",
                "source: {errors: [{code: '2004', errorMessage: unauthorized}]}")),
        row(
            "Config Sync is stalled",
            ROOT + " at '' 'Deployment: no token'",
            rootSync(
                "conditions: [{type: Stalled, status: 'True', reason: Deployment, message: no token}]",
                "")),
        row("Flux, done", FLUX + " at 'c1' ''", repository(""), flux("main@sha1:c1", "")),
        row("Flux before 2", FLUX + " at 'c1' ''", repository(""), flux("main/c1", "")),
        row("Flux without its source", NONE, flux("main@sha1:c1", "")),
        row("Flux for another cluster", NONE, repository(""), remote(flux("main@sha1:c1", ""))),
        row(
            "Flux cannot apply",
            FLUX + " at 'c0' 'BuildFailed: no such file'",
            repository(""),
            flux("main@sha1:c0", "BuildFailed, message: no such file")),
        row(
            "Flux is suspended",
            FLUX + " at 'c0' 'Kustomization ns/edge01 is suspended'",
            repository(""),
            flux("main@sha1:c0", "").replace("path:", "suspend: true, path:")),
        row(
            "Flux cannot read",
            FLUX + " at 'c0' 'GitOperationFailed: auth'",
            repository("GitOperationFailed, message: auth"),
            flux("main@sha1:c0", "")),
        row("Argo CD, done", ARGO + " at 'c1' ''", argo("Synced", "c1", "")),
        row("Argo CD, on its way", ARGO + " at '' ''", argo("OutOfSync", "c1", "")),
        row(
            "Argo CD by hand",
            ARGO + " at '' 'it is not set to sync by itself'",
            argo("OutOfSync", "c1", "").replace("automated", "manual")),
        row(
            "Argo CD cannot compare",
            ARGO + " at '' 'ComparisonError: no such path'",
            argo("Unknown", "c0", "conditions: [{type: ComparisonError, message: no such path}]")),
        row(
            "Argo CD failed",
            ARGO + " at '' 'one or more objects failed'",
            argo(
                "OutOfSync",
                "c1",
                "operationState: {phase: Failed, message: one or more objects failed}")),
        row(
            "Argo CD elsewhere",
            NONE,
            argo("Synced", "c1", "").replace("https://kubernetes.default.svc", "https://edge02")),
        row("Argo CD of several sources", ARGO + " at 'c1' ''", several()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void whoAppliesItAndHowFarItIs(String name, String expected, List<String> given) {
    assertThat(told(given, Destination.HERE)).isEqualTo(expected);
  }

  static Stream<Arguments> hubs() {
    String kustomization = flux("main@sha1:c1", "");
    String application = argo("Synced", "c1", "");
    return Stream.of(
        row("Flux by kubeconfig", FLUX + " at 'c1' ''", repository(""), remote(kustomization)),
        row(
            "Flux by another kubeconfig",
            NONE,
            repository(""),
            remote(kustomization).replace("edge01-kube", "edge02-kube")),
        row(
            "Flux by one of the same name elsewhere",
            NONE,
            repository("").replace("namespace: ns", "namespace: other"),
            remote(kustomization).replace("namespace: ns", "namespace: other")),
        row("Flux for the hub itself", NONE, repository(""), kustomization),
        row(
            "Argo CD by server",
            ARGO + " at 'c1' ''",
            application.replace("https://kubernetes.default.svc", "https://10.0.0.7:6443")),
        row(
            "Argo CD by name",
            ARGO + " at 'c1' ''",
            application.replace("server: \"https://kubernetes.default.svc\"", "name: edge01")),
        row(
            "Argo CD by another name",
            NONE,
            application.replace("server: \"https://kubernetes.default.svc\"", "name: edge02")),
        row("Argo CD for the hub itself", NONE, application),
        row("Config Sync for the hub itself", NONE, rootSync("lastSyncedCommit: c1", "")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hubs")
  void whoAppliesItFromTheManagementCluster(String name, String expected, List<String> given) {
    Destination edge = Destination.of(new ClusterRef("ns", "edge01"), "https://10.0.0.7:6443/");
    assertThat(told(given, edge)).isEqualTo(expected);
  }

  private static String told(List<String> given, Destination to) {
    Map<String, List<GenericKubernetesResource>> objects = new java.util.HashMap<>();
    for (String text : given) {
      var object = Serialization.unmarshal(text, GenericKubernetesResource.class);
      String key = object.getApiVersion().replaceAll("/.*", "") + " " + object.getKind();
      objects.computeIfAbsent(key, k -> new ArrayList<>()).add(object);
    }
    Engine.Kinds kinds = (group, kind) -> objects.getOrDefault(group + " " + kind, List.of());

    return Stream.of(new ConfigSync(), new Flux(), new ArgoCd())
        .flatMap(engine -> engine.appliers(kinds, SMF, to).stream())
        .map(a -> "%s at '%s' '%s'".formatted(a.who(), a.applied(), a.problem()))
        .reduce("", String::concat);
  }

  private static Arguments row(String name, String expected, String... given) {
    return Arguments.of(name, expected, List.of(given));
  }

  private static String rootSync(String one, String other) {
    return """
    apiVersion: configsync.gke.io/v1beta1
    kind: RootSync
    metadata: {namespace: ns, name: edge01}
    spec: {sourceFormat: unstructured, git: {repo: "http://gitea/nephio/edge01.git", branch: main, dir: core}}
    status:
      observedGeneration: 1
      %s
      %s
    """
        .formatted(one, other);
  }

  private static String repository(String reason) {
    return """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata: {namespace: ns, name: packages}
    spec: {url: "http://gitea/nephio/edge01", ref: {branch: main}}
    status: {conditions: [%s]}
    """
        .formatted(ready(reason));
  }

  private static String flux(String revision, String reason) {
    return """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {namespace: ns, name: edge01}
    spec: {path: ./core, sourceRef: {kind: GitRepository, name: packages}}
    status: {lastAppliedRevision: "%s", conditions: [%s]}
    """
        .formatted(revision, ready(reason));
  }

  private static String ready(String reason) {
    return reason.isEmpty()
        ? "{type: Ready, status: 'True', reason: Succeeded}"
        : "{type: Ready, status: 'False', reason: " + reason + "}";
  }

  private static String remote(String kustomization) {
    return kustomization.replace(
        "path:", "kubeConfig: {secretRef: {name: edge01-kubeconfig}}, path:");
  }

  private static String argo(String sync, String revision, String more) {
    return """
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: {namespace: ns, name: edge01}
    spec:
      destination: {server: "https://kubernetes.default.svc"}
      source: {repoURL: "http://gitea/nephio/edge01.git", path: core, targetRevision: HEAD}
      syncPolicy: {automated: {}}
    status:
      sync: {status: %s, revision: %s}
      %s
    """
        .formatted(sync, revision, more);
  }

  private static String several() {
    return """
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: {namespace: ns, name: edge01}
    spec:
      destination: {name: in-cluster}
      sources:
      - {repoURL: "http://charts", chart: smf, targetRevision: 1.0.0}
      - {repoURL: "http://gitea/nephio/edge01.git", path: core, targetRevision: main}
    status:
      sync: {status: Synced, revisions: [1.0.0, c1]}
    """;
  }
}
