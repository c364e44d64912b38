package io.nephio.recovery.servers;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Workloads and their pods as controllers, scheduler and kubelets would leave them. */
public record Pods(KubernetesClient client, String namespace) {
  private static final Map<String, String> LABELS = Map.of("app", "web");

  public HasMetadata deployment(String name, int replicas) {
    return client
        .resource(
            new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(LABELS)
                .endSelector()
                .withTemplate(template())
                .endSpec()
                .build())
        .create();
  }

  public HasMetadata replicaSet(String name, int replicas) {
    return client
        .resource(
            new ReplicaSetBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(LABELS)
                .endSelector()
                .withTemplate(template())
                .endSpec()
                .build())
        .create();
  }

  public HasMetadata daemonSet(String name) {
    return client
        .resource(
            new DaemonSetBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(LABELS)
                .endSelector()
                .withTemplate(template())
                .endSpec()
                .build())
        .create();
  }

  private static io.fabric8.kubernetes.api.model.PodTemplateSpec template() {
    return new io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(LABELS)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("web")
        .withImage("registry.example.com/web:1")
        .endContainer()
        .endSpec()
        .build();
  }

  /** Running and Ready, Running and crashing, or any other phase. */
  public Pod put(@Nullable HasMetadata owner, String name, String node, String state) {
    PodBuilder pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .withLabels(LABELS)
            .endMetadata()
            .withSpec(template().getSpec())
            .editSpec()
            .withNodeName(node)
            .endSpec();
    if (owner != null) {
      pod.editMetadata()
          .addNewOwnerReference()
          .withApiVersion(owner.getApiVersion())
          .withKind(owner.getKind())
          .withName(owner.getMetadata().getName())
          .withUid(owner.getMetadata().getUid())
          .withController(true)
          .endOwnerReference()
          .endMetadata();
    }
    client.resource(pod.build()).create();
    return client
        .pods()
        .inNamespace(namespace)
        .withName(name)
        .editStatus(created -> status(created, state));
  }

  private static Pod status(Pod created, String state) {
    boolean running = state.equals("Ready") || state.equals("Crashing");
    String ago = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS).toString();
    var waiting =
        new ContainerStateBuilder().withNewWaiting().withReason("CrashLoopBackOff").endWaiting();
    var up = new ContainerStateBuilder().withNewRunning().withStartedAt(ago).endRunning();
    return new PodBuilder(created)
        .withNewStatus()
        .withPhase(running ? "Running" : state)
        .addNewCondition()
        .withType("Ready")
        .withStatus(state.equals("Ready") ? "True" : "False")
        .withLastTransitionTime(ago)
        .endCondition()
        .addNewContainerStatus()
        .withName("web")
        .withImage("registry.example.com/web:1")
        .withImageID("")
        .withReady(state.equals("Ready"))
        .withRestartCount(state.equals("Crashing") ? 5 : 0)
        .withState(state.equals("Crashing") ? waiting.build() : up.build())
        .endContainerStatus()
        .endStatus()
        .build();
  }
}
