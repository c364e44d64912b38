package io.nephio.recovery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan with the cluster's package repository at hand: the edit is part of the proposal. */
class PlanPackageTest {
  private static final String AT = "2026-11-26T05:24:00Z";
  private static final String MANIFEST =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: # of the core
        name: smf
        namespace: free5gc
      spec:
        template:
          metadata:
            labels: {app: smf}
      """;
  private static final String CRD = "upfs.core.example";

  @TempDir Path folder;
  private Path repository;

  @BeforeEach
  void repository() throws Exception {
    repository = folder.resolve("edge01");
    try (Git git = Git.init().setInitialBranch("main").setDirectory(repository.toFile()).call()) {
      Files.createDirectories(repository.resolve("core/smf"));
      Files.writeString(repository.resolve("core/Kptfile"), "kind: Kptfile\n");
      Files.writeString(repository.resolve("core/smf/deployment.yaml"), MANIFEST);
      Files.createSymbolicLink(
          repository.resolve("link.yaml"), Path.of("core/smf/deployment.yaml"));
      Files.writeString(
          repository.resolve("core/crd.yaml"),
          "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: "
              + CRD
              + "}\n");
      git.add().addFilepattern(".").call();
      git.commit().setSign(false).setAuthor("n", "e").setCommitter("n", "e").setMessage("b").call();
    }
  }

  @Test
  void recordAndEditAreOneCommitInThePackagesRepository() throws Exception {
    JsonNode restart = plan(stalled(), "--repo", "nephio/edge01=" + repository, "--record");
    assertThat(restart.at("/decision").asText()).isEqualTo("Propose");
    assertThat(restart.at("/action").asText()).isEqualTo("RestartRollout");
    assertThat(restart.at("/repository").asText()).isEqualTo("nephio/edge01");
    assertThat(restart.at("/files")).hasSize(2);
    assertThat(restart.at("/files/0/path").asText()).isEqualTo("core/smf/deployment.yaml");
    assertThat(restart.at("/files/0/diff").asText())
        .isEqualTo(
            """
            --- a/core/smf/deployment.yaml
            +++ b/core/smf/deployment.yaml
            @@ -1,9 +1,13 @@
             apiVersion: apps/v1
             kind: Deployment
             metadata: # of the core
            +  annotations:
            +    recovery.nephio.io/restarted: "true"
               name: smf
               namespace: free5gc
             spec:
               template:
                 metadata:
            +      annotations:
            +        kubectl.kubernetes.io/restartedAt: "2026-11-26T05:24:00Z"
                   labels: {app: smf}
            """);
    assertThat(restart.at("/files/1/diff").asText())
        .contains("    path: \"core/smf/deployment.yaml\"\n+    package: \"core\"\n+    sha256:");
    RevCommit commit = commit(restart.at("/branch").asText());
    assertThat(commit.getParentCount()).isEqualTo(1);
    assertThat(commit.getFullMessage())
        .contains("\n\nkpt:{\"package\":\"core\"}\n\nRecovery-Fingerprint: ")
        .endsWith("\nSigned-off-by: Nephio recovery operator <recovery@nephio.invalid>\n");
  }

  @Test
  void whatLeavesNoRoomForTheRecordIsSaid() throws Exception {
    try (Git git = Git.open(repository.toFile())) {
      Files.writeString(repository.resolve("recovery"), "what we recover");
      git.add().addFilepattern(".").call();
      git.commit().setSign(false).setAuthor("n", "e").setCommitter("n", "e").setMessage("r").call();
    }
    JsonNode restart = plan(stalled(), "--repo", "nephio/edge01=" + repository, "--record");
    assertThat(said)
        .isEqualTo(
            restart.at("/branch").asText() + ": not written: recovery is a file and no folder\n");
  }

  @Test
  void withoutTheRepositoryItIsARecordAlone() throws Exception {
    JsonNode restart = plan(stalled());
    assertThat(restart.at("/decision").asText()).isEqualTo("Propose");
    assertThat(restart.at("/repository").asText()).isEqualTo("nephio/mgmt");
    assertThat(restart.at("/files")).hasSize(1);
    assertThat(restart.at("/files/0/diff").asText())
        .contains("no package is changed: the packages in nephio/edge01 are not at hand");
  }

  /** Its branch is not the default one, and what lies beside its directory does not count. */
  @Test
  void packagesAreWherePorchHasRegisteredThem() throws Exception {
    try (Git git = Git.open(repository.toFile())) {
      git.checkout().setCreateBranch(true).setName("deployed").call();
      Files.writeString(repository.resolve("again.yaml"), MANIFEST);
      git.add().addFilepattern(".").call();
      git.commit().setSign(false).setAuthor("n", "e").setCommitter("n", "e").setMessage("d").call();
      git.checkout().setName("main").call();
    }
    registered =
        """
        ---
        apiVersion: config.porch.kpt.dev/v1alpha1
        kind: Repository
        metadata: {name: edge01, namespace: porch}
        spec:
          type: git
          deployment: true
          git: {repo: "http://gitea.example/regional/one.git", branch: deployed, directory: /core}
        """;
    JsonNode restart = plan(stalled(), "--repo", "regional/one=" + repository, "--record");
    assertThat(restart.at("/repository").asText()).isEqualTo("regional/one");
    assertThat(restart.at("/files/0/path").asText()).isEqualTo("core/smf/deployment.yaml");
    assertThat(restart.at("/files/1/diff").asText())
        .contains("    place:\n+      repository: \"regional/one\"\n+      branch: \"deployed\"\n")
        .contains("+      directory: \"core\"\n");
    RevCommit commit = commit(restart.at("/branch").asText());
    assertThat(commit.getParent(0)).isEqualTo(commit("deployed"));
  }

  @Test
  void aMissingCrdIsProposedOnlyIfAPackageHoldsIt() throws Exception {
    JsonNode reapply = plan(missing(CRD), "--repo", "nephio/edge01=" + repository);
    assertThat(reapply.at("/decision").asText()).isEqualTo("Propose");
    assertThat(reapply.at("/action").asText()).isEqualTo("ReapplyCrd");
    assertThat(reapply.at("/files")).hasSize(1);
    assertThat(reapply.at("/files/0/diff").asText()).contains("path: \"core/crd.yaml\"");

    JsonNode elsewhere =
        plan(missing("amfs.other.example"), "--repo", "nephio/edge01=" + repository);
    assertThat(elsewhere.at("/decision").asText()).isEqualTo("Manual");
    assertThat(elsewhere.at("/why").asText())
        .isEqualTo(
            "no package in nephio/edge01 holds CustomResourceDefinition amfs.other.example:"
                + " reinstall what brings it (group other.example)");

    JsonNode unknown = plan(missing(CRD));
    assertThat(unknown.at("/decision").asText()).isEqualTo("Manual");
    assertThat(unknown.at("/why").asText()).startsWith("no package is known that holds " + CRD);
  }

  private RevCommit commit(String branch) throws IOException {
    try (Git git = Git.open(repository.toFile());
        RevWalk walk = new RevWalk(git.getRepository())) {
      Repository opened = git.getRepository();
      ObjectId tip = opened.resolve("refs/heads/" + branch);
      RevCommit commit = walk.parseCommit(tip);
      walk.parseBody(commit);
      return commit;
    }
  }

  private String stalled() {
    return """
        apiVersion: v1
        kind: List
        items:
        - apiVersion: apps/v1
          kind: Deployment
          metadata: {name: smf, namespace: free5gc, uid: d1, generation: 1,
            creationTimestamp: "2026-11-20T00:00:00Z"}
          spec: {replicas: 1, selector: {matchLabels: {app: smf}}}
          status:
            observedGeneration: 1
            replicas: 1
            updatedReplicas: 1
            unavailableReplicas: 1
            conditions:
            - {type: Progressing, status: "False", reason: ProgressDeadlineExceeded,
               lastTransitionTime: "2026-11-26T05:00:00Z", lastUpdateTime: "2026-11-26T05:00:00Z"}
        - apiVersion: apps/v1
          kind: ReplicaSet
          metadata: {name: smf-1, namespace: free5gc, uid: r1, labels: {app: smf},
            creationTimestamp: "2026-11-20T00:00:00Z", ownerReferences: [
              {apiVersion: apps/v1, kind: Deployment, name: smf, uid: d1, controller: true}]}
        - apiVersion: v1
          kind: Pod
          metadata: {name: smf-1-a, namespace: free5gc, uid: p1, labels: {app: smf},
            creationTimestamp: "2026-11-26T04:50:00Z", ownerReferences: [
              {apiVersion: apps/v1, kind: ReplicaSet, name: smf-1, uid: r1, controller: true}]}
          spec: {nodeName: n1}
          status:
            phase: Running
            conditions:
            - {type: Ready, status: "False", lastTransitionTime: "2026-11-26T04:51:00Z"}
        """;
  }

  private String missing(String name) {
    crds = "[" + name + "]";
    return "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinitionList\nitems: []\n";
  }

  private String crds = "[]";
  private String registered = "";
  private String said = "";

  private JsonNode plan(String workload, String... more) throws IOException {
    String[] arguments = {
      "plan",
      "-o",
      "json",
      "--at",
      AT,
      "--policy",
      file("policy", POLICY.formatted(crds)),
      "--management",
      file("management", CLUSTER + registered),
      "--workload",
      "edge01=" + file("workload", workload)
    };
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Recovery.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        all);
    said = err.toString(StandardCharsets.UTF_8);
    JsonNode plan = new ObjectMapper().readTree(out.toByteArray());
    assertThat(plan.at("/remediations")).as(said + plan.toPrettyString()).hasSize(1);
    return plan.at("/remediations/0");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name + ".yaml"), text).toString();
  }

  private static final String POLICY =
      """
      apiVersion: recovery.nephio.io/v1alpha1
      kind: ClusterPolicy
      metadata: {name: p, namespace: default}
      spec: {clusterSelector: {}, criticalCRDs: {workload: %s}}
      """;

  private static final String CLUSTER =
      """
      apiVersion: cluster.x-k8s.io/v1beta1
      kind: Cluster
      metadata: {name: edge01, namespace: default, uid: c1, creationTimestamp: "2026-11-01T00:00:00Z"}
      status:
        infrastructureReady: true
        controlPlaneReady: true
        conditions:
        - {type: ControlPlaneInitialized, status: "True", lastTransitionTime: "2026-11-01T01:00:00Z"}
        - {type: InfrastructureReady, status: "True", lastTransitionTime: "2026-11-01T01:00:00Z"}
        - {type: ControlPlaneReady, status: "True", lastTransitionTime: "2026-11-01T01:00:00Z"}
      """;
}
