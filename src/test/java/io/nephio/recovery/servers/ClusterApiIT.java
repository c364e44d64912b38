package io.nephio.recovery.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClusterApiIT {
  private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");

  @AutoClose private static KubeApiServer management;
  private static ClusterApi capi;

  @BeforeAll
  static void start() {
    management = KubeApiServer.start("management");
    capi = ClusterApi.install(management);
  }

  @Test
  void aWorkerHasItsOwnersAndItsStatus() {
    GenericKubernetesResource cluster = capi.cluster("edge", "one");
    GenericKubernetesResource set = capi.machineSet(capi.machineDeployment(cluster, "one-md", 1));
    GenericKubernetesResource machine = capi.workerMachine(set, "one-md-k25lx-8scvh");

    GenericKubernetesResource stored = management.client().resource(machine).get();
    OwnerReference owner = stored.getMetadata().getOwnerReferences().get(0);
    assertThat(owner.getKind()).isEqualTo("MachineSet");
    assertThat(owner.getUid()).isEqualTo(set.getMetadata().getUid());
    assertThat(stored.getMetadata().getLabels())
        .containsEntry("cluster.x-k8s.io/cluster-name", "one")
        .containsEntry("cluster.x-k8s.io/deployment-name", "one-md")
        .containsEntry("cluster.x-k8s.io/set-name", "one-md-k25lx");
    assertThat(stored.<String>get("status", "nodeRef", "name")).isEqualTo("one-md-k25lx-8scvh");
    assertThat(stored.<String>get("status", "phase")).isEqualTo("Running");
  }

  @Test
  void aConditionReplacesTheOneOfItsType() {
    GenericKubernetesResource controlPlane = capi.controlPlane(capi.cluster("edge", "two"));
    GenericKubernetesResource machine = capi.controlPlaneMachine(controlPlane, "two-cp-bmqz9");

    capi.condition(machine, "NodeHealthy", "False", "NodeConditionsFailed", SINCE);

    List<Map<String, Object>> conditions =
        management.client().resource(machine).get().get("status", "conditions");
    assertThat(conditions)
        .hasSize(9)
        .filteredOn("type", "NodeHealthy")
        .singleElement()
        .isEqualTo(
            Map.of(
                "type",
                "NodeHealthy",
                "status",
                "False",
                "reason",
                "NodeConditionsFailed",
                "severity",
                "Warning",
                "lastTransitionTime",
                SINCE.toString()));
  }

  @Test
  void aFailedMachineSaysWhy() {
    GenericKubernetesResource set =
        capi.machineSet(capi.machineDeployment(capi.cluster("edge", "five"), "five-md", 1));
    GenericKubernetesResource machine = capi.workerMachine(set, "five-md-k25lx-a");

    capi.fail(machine, "UpdateError", "the instance is gone");

    GenericKubernetesResource stored = management.client().resource(machine).get();
    assertThat(stored.<String>get("status", "failureReason")).isEqualTo("UpdateError");
    assertThat(stored.<String>get("status", "failureMessage")).isEqualTo("the instance is gone");
    assertThat(stored.<String>get("status", "phase")).isEqualTo("Failed");
    assertThat(stored.<String>get("status", "nodeRef", "name")).isEqualTo("five-md-k25lx-a");
  }

  @Test
  void aDeletedMachineStaysUntilItIsReleased() {
    GenericKubernetesResource set =
        capi.machineSet(capi.machineDeployment(capi.cluster("edge", "three"), "three-md", 1));
    GenericKubernetesResource machine = capi.workerMachine(set, "three-md-k25lx-a");

    management.client().resource(machine).delete();
    assertThat(management.client().resource(machine).get().getMetadata().getDeletionTimestamp())
        .isNotNull();

    capi.release(machine);
    assertThat(management.client().resource(machine).get()).isNull();
  }

  @Test
  void theKubeconfigSecretReachesTheWorkloadCluster() {
    GenericKubernetesResource cluster = capi.cluster("edge", "four");
    try (KubeApiServer workload = KubeApiServer.start("workload")) {
      capi.kubeconfig(cluster, workload.kubeconfig());
      Nodes.put(workload.client(), "up", "True", SINCE);
      Nodes.put(workload.client(), "lost", "True", SINCE);
      Nodes.put(workload.client(), "lost", "Unknown", SINCE);

      Secret secret =
          management.client().secrets().inNamespace("edge").withName("four-kubeconfig").get();
      assertThat(secret.getType()).isEqualTo("cluster.x-k8s.io/secret");
      byte[] value = Base64.getDecoder().decode(secret.getData().get("value"));
      Config config = Config.fromKubeconfig(new String(value, StandardCharsets.UTF_8));
      try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
        assertThat(client.nodes().withName("up").get().getSpec().getTaints()).isEmpty();
        Node lost = client.nodes().withName("lost").get();
        assertThat(lost.getSpec().getTaints())
            .extracting(Taint::getEffect)
            .containsExactly("NoSchedule", "NoExecute");
        NodeCondition ready =
            lost.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .findFirst()
                .orElseThrow();
        assertThat(ready.getStatus()).isEqualTo("Unknown");
        assertThat(ready.getLastTransitionTime()).isEqualTo(SINCE.toString());
      }
    }
  }
}
