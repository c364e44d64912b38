package io.nephio.recovery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCommandTest {
  @TempDir Path folder;
  private String policy;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void policy() throws IOException {
    policy =
        file(
            """
            {"apiVersion": "recovery.nephio.io/v1alpha1", "kind": "ClusterPolicy",
             "metadata": {"name": "default", "namespace": "default"},
             "spec": {"clusterSelector": {}}}
            """);
  }

  @ParameterizedTest
  @CsvSource({"'', 0, Running", "boom, 10, Failed"})
  void exitCodeTellsWhetherSomethingIsProposed(String failure, int exit, String phase)
      throws IOException {
    String machine =
        """
        {"apiVersion": "cluster.x-k8s.io/v1beta1", "kind": "Machine",
         "metadata": {"name": "m1", "namespace": "default", "uid": "u1",
           "creationTimestamp": "2026-01-01T00:00:00Z",
           "ownerReferences": [{"apiVersion": "cluster.x-k8s.io/v1beta1", "kind": "MachineSet",
             "name": "s", "uid": "u2", "controller": true}]},
         "spec": {"clusterName": "edge01"},
         "status": {"phase": "%s", "failureReason": "%s", "nodeRef": {"name": "n1"}}}
        """
            .formatted(phase, failure);
    String cluster =
        """
        {"apiVersion": "cluster.x-k8s.io/v1beta1", "kind": "Cluster",
         "metadata": {"name": "edge01", "namespace": "default", "uid": "u3"}}
        """;
    assertThat(plan("--management", file(cluster), "--management", file(machine))).isEqualTo(exit);
  }

  @ParameterizedTest
  @CsvSource({"'NAME STATUS'", "'a: [1'", "'{\"kind\": \"Table\"}'"})
  void whatIsNoObjectIsBadInput(String text) throws IOException {
    assertThat(plan("--management", file(text))).isEqualTo(1);
  }

  @Test
  void anUnknownOptionIsWrongUsage() {
    assertThat(plan("--bogus")).isEqualTo(2);
  }

  @Test
  void jsonIsTheContract() throws IOException {
    assertThat(plan(outage("--at", "2026-11-20T14:08:00Z", "-o", "json"))).isEqualTo(10);
    assertThat(out())
        .isEqualTo(
            Files.readString(Path.of("src/test/resources/plan/outage.json")).replace("\r\n", "\n"));
    assertThat(err()).isEmpty();
  }

  @Test
  void withoutAnInstantTheNewestObservationCounts() {
    plan(outage("-o", "json"));
    assertThat(out()).contains("\"at\" : \"2026-11-20T14:21:40Z\"");
  }

  @Test
  void textFitsOnOneScreen() {
    assertThat(plan(outage())).isEqualTo(10);
    assertThat(out())
        .contains("default/edge01  Degraded", "propose ReplaceNode: 1 of 4", "branch recovery/")
        .satisfies(text -> assertThat(text.lines().count()).isLessThan(17));
  }

  @Test
  void recordWritesABranchOnceAndNeverMovesIt() throws Exception {
    String repository = "nephio/mgmt=" + repository();
    String[] arguments = outage("--repo", repository, "--record", "--at", "2026-11-20T14:22:00Z");
    assertThat(plan(arguments)).isEqualTo(10);
    assertThat(out())
        .contains(", written\n", "\nPull request: recovery(edge01)", "+++ b/recovery/");
    assertThat(plan(arguments)).isEqualTo(10);
    assertThat(out())
        .contains("was there already, with this very commit")
        .doesNotContain(", written");
    arguments[arguments.length - 1] = "2026-11-20T14:23:00Z";
    assertThat(plan(arguments)).isEqualTo(10);
    assertThat(out()).contains("was there already, with another commit: left as it is");
  }

  @Test
  void aProposalWithoutARepositoryIsNotPassedOver() throws Exception {
    assertThat(plan(outage("--repo", "nephio/other=" + repository(), "--record"))).isEqualTo(1);
    assertThat(err()).contains("nephio/mgmt: no --repo given").doesNotContain("\tat ");
    assertThat(out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--record, --record needs --repo",
    "--repo=nephio, is not OWNER/NAME=DIR",
    "--at=noon, is not a time like",
    "--workload=edge01, is not [NAMESPACE/]CLUSTER=PATH",
    "-oxml, Invalid value for option '--output'"
  })
  void wrongUseIsTwoLines(String argument, String problem) {
    assertThat(plan(outage(argument))).isEqualTo(2);
    assertThat(err()).contains(problem).hasLineCount(2);
  }

  @Test
  void aDirectoryThatIsNoRepositoryIsOneLine() {
    assertThat(plan(outage("--repo", "nephio/mgmt=" + folder))).isEqualTo(1);
    assertThat(err()).hasLineCount(1).contains("is not a git repository");
  }

  private Path repository() throws Exception {
    Path directory = Files.createTempDirectory(folder, "mgmt");
    try (Git git = Git.init().setInitialBranch("main").setDirectory(directory.toFile()).call()) {
      git.commit().setMessage("first").setSign(false).setAllowEmpty(true).call();
    }
    return directory;
  }

  private String[] outage(String... more) {
    String at = "deploy/demo-outage/";
    return Stream.concat(
            Stream.of(
                "--management",
                at + "management.yaml",
                "--workload",
                "edge01=" + at + "edge01.yaml",
                "edge02=" + at + "edge02.yaml"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private int plan(String... more) {
    out.reset();
    err.reset();
    String[] all = new String[more.length + 3];
    all[0] = "plan";
    all[1] = "--policy";
    all[2] = policy;
    System.arraycopy(more, 0, all, 3, more.length);
    return Recovery.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        all);
  }

  private String file(String text) throws IOException {
    Path file = Files.createTempFile(folder, "input", ".yaml");
    Files.writeString(file, text);
    return file.toString();
  }
}
