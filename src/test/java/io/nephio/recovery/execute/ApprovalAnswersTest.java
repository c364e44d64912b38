package io.nephio.recovery.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On conditions as Cluster API's controllers left them. */
class ApprovalAnswersTest {

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cp-approved-but-unsafe           | v1beta1 | CannotBeRemediated: KubeadmControlPlane can't remediate this Machine because | false
          cp-approved-but-unsafe           | v1beta2 | CannotBeRemediated: KubeadmControlPlane can't remediate this Machine because | false
          cp-approved-single-replica       | v1beta2 | CannotBeRemediated: KubeadmControlPlane can't remediate if current replicas  | false
          cp-remediation-in-progress       | v1beta2 | MachineDeleting: Machine is deleting                                         | false
          etcd-unreachable-and-cp-approved | v1beta1 | RemediationDeferred: Failed to check etcd cluster health before remediation  | false
          etcd-unreachable-and-cp-approved | v1beta2 | RemediationDeferred: Failed to check etcd cluster health before remediation  | false
          # not seen by the health check yet, or seen and found well
          workload-api-down-7m             | v1beta2 | its controller has not answered yet                                          | false
          two-cps-approved                 | v1beta1 | its controller has not answered yet                                          | true
          two-cps-approved                 | v1beta2 | its controller has not answered yet                                          | true
          infracluster-not-ready           | v1beta2 | its controller has not answered yet                                          | true
          """)
  void whatTheControlPlaneSaysAndWhetherTheApprovalIsOffTheTable(
      String state, String contract, String answer, boolean well) {
    ApprovedMachine machine = machine(state, contract);

    assertThat(ReplaceMember.answer(machine)).startsWith(answer);
    assertThat(ReplaceMember.isWell(machine)).isEqualTo(well);
  }

  private static ApprovedMachine machine(String state, String contract) {
    return machines()
        .filter(m -> m.getMetadata().getName().equals(state))
        .filter(m -> m.getApiVersion().endsWith("/" + contract))
        .map(ApprovedMachine::new)
        .findFirst()
        .orElseThrow();
  }

  private static Stream<GenericKubernetesResource> machines() {
    String path = "/clusterapi/approvals/machines.yaml";
    try (InputStream stream = ApprovalAnswersTest.class.getResourceAsStream(path)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.split("(?m)^---$"))
          .map(part -> Serialization.unmarshal(part, GenericKubernetesResource.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
