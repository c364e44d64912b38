package io.nephio.recovery.servers;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** The nodes of a workload cluster, as their kubelets and the node controller leave them. */
public final class Nodes {
  private static final int LEASE = 40;

  private Nodes() {}

  /** A node, made or changed; {@code ready} is True, False or Unknown. */
  public static Node put(KubernetesClient workload, String name, String ready, Instant since) {
    NodeBuilder builder =
        new NodeBuilder()
            .withNewMetadata()
            .withName(name)
            .addToLabels("kubernetes.io/hostname", name)
            .endMetadata()
            .withNewSpec()
            .withProviderID("in-memory://" + name)
            .endSpec();
    workload.resource(builder.build()).fieldManager("test").serverSideApply();
    workload
        .nodes()
        .withName(name)
        .edit(node -> new NodeBuilder(node).editSpec().withTaints(taints(ready)).endSpec().build());
    return workload
        .nodes()
        .withName(name)
        .editStatus(
            node ->
                new NodeBuilder(node)
                    .editOrNewStatus()
                    .withConditions(conditions(ready, since))
                    .endStatus()
                    .build());
  }

  private static List<NodeCondition> conditions(String ready, Instant since) {
    boolean lost = ready.equals("Unknown");
    String heartbeat = seconds(lost ? since.minusSeconds(LEASE) : Instant.now());
    Stream<NodeConditionBuilder> pressures =
        Stream.of("Memory", "Disk", "PID")
            .map(
                kind ->
                    new NodeConditionBuilder()
                        .withType(kind + "Pressure")
                        .withStatus(lost ? "Unknown" : "False")
                        .withReason(lost ? "NodeStatusUnknown" : "KubeletHasSufficient" + kind));
    NodeConditionBuilder state =
        new NodeConditionBuilder().withType("Ready").withStatus(ready).withReason(reason(ready));
    return Stream.concat(pressures, Stream.of(state))
        .map(
            condition ->
                condition
                    .withLastTransitionTime(seconds(since))
                    .withLastHeartbeatTime(heartbeat)
                    .build())
        .toList();
  }

  private static String reason(String ready) {
    return switch (ready) {
      case "True" -> "KubeletReady";
      case "False" -> "KubeletNotReady";
      case "Unknown" -> "NodeStatusUnknown";
      default -> throw new IllegalArgumentException(ready);
    };
  }

  private static List<Taint> taints(String ready) {
    String key = ready.equals("Unknown") ? "unreachable" : "not-ready";
    return Stream.of("NoSchedule", "NoExecute")
        .filter(effect -> !ready.equals("True"))
        .map(
            effect ->
                new TaintBuilder().withKey("node.kubernetes.io/" + key).withEffect(effect).build())
        .toList();
  }

  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
