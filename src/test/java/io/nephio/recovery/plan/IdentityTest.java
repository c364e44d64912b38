package io.nephio.recovery.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.ObjectRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {
  @ParameterizedTest
  @CsvSource({
    "default, edge01, Machine, edge01-md-0-abc, 1, edge01, machine-edge01-md-0-abc-1f2e3d4c",
    "default, edge01, Machine, edge01-md-0-abc, 2, edge01, machine-edge01-md-0-abc-1f2e3d4c-a2",
    "prod, edge01, Node, n1, 1, prod-edge01, node-n1-1f2e3d4c",
    "default, Edge.01, Node, ip-10.ec2.internal, 1, edge-01, node-ip-10-ec2-internal-1f2e3d4c",
  })
  void namesAreReadable(
      String namespace,
      String cluster,
      String kind,
      String name,
      int attempt,
      String where,
      String what) {
    Identity id = identity(namespace, cluster, kind, name, attempt);

    assertThat(id.name()).isEqualTo(where + "-" + what);
    assertThat(id.branch()).isEqualTo("recovery/" + where + "/" + what);
    assertThat(id.path()).isEqualTo("recovery/" + where + "/" + where + "-" + what + ".yaml");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "63, 253", "30, 40", "29, 18", "63, 1", "1, 253"})
  void namesFitWhateverTheLengths(int clusterLength, int nameLength) {
    for (int attempt : new int[] {1, 2, 10, 100}) {
      Identity id =
          identity(
              "a-namespace", "c".repeat(clusterLength), "Machine", "n".repeat(nameLength), attempt);

      assertThat(id.name())
          .hasSizeLessThanOrEqualTo(63)
          .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")
          .endsWith("-1f2e3d4c" + (attempt > 1 ? "-a" + attempt : ""));
      assertThat(id.branch()).hasSizeLessThanOrEqualTo(100);
    }
  }

  @Test
  void aCutNeverLeavesADoubleDash() {
    for (int length = 1; length < 80; length++) {
      assertThat(identity("default", "c", "Node", "n".repeat(length) + "-x", 1).name())
          .doesNotContain("--");
    }
  }

  private static Identity identity(
      String namespace, String cluster, String kind, String name, int attempt) {
    return Identity.of(
        "1f2e3d4c",
        "aaaaaaaa",
        attempt,
        new ClusterRef(namespace, cluster),
        new ObjectRef("v1", kind, null, name, "uid"));
  }
}
