package io.nephio.recovery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCommandTest {
  @TempDir Path folder;
  private String policy;

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

  private int plan(String... more) {
    String[] all = new String[more.length + 3];
    all[0] = "plan";
    all[1] = "--policy";
    all[2] = policy;
    System.arraycopy(more, 0, all, 3, more.length);
    return Recovery.run(all);
  }

  private String file(String text) throws IOException {
    Path file = Files.createTempFile(folder, "input", ".yaml");
    Files.writeString(file, text);
    return file.toString();
  }
}
