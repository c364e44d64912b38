package io.nephio.recovery.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.api.FailureClass;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationSpec.Evidence;
import io.nephio.recovery.api.Span;
import io.nephio.recovery.plan.Policy;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One record of each kind. */
public final class PullRequestSpecs {
  public static final Instant NOW = Instant.parse("2026-11-25T05:24:00Z");
  public static final Policy POLICY =
      new Policy("default", "fleet", "uid-0", 4, Instant.EPOCH, ClusterPolicySpec.defaults());
  static final RemediationSpec.Edit EDIT =
      new RemediationSpec.Edit("core/smf/deployment.yaml", "core", "ab".repeat(32), null);

  private PullRequestSpecs() {}

  static RemediationSpec worker() {
    return spec(
        Action.ReplaceNode,
        target("v1", "Node", null, "edge01-md-0-7kq2p"),
        machine("edge01-md-0-7kq2p"),
        owner("cluster.x-k8s.io/v1beta1", "MachineSet", "default", "edge01-md-0-5f9"),
        null,
        "NodeNotReady",
        FailureClass.Machine,
        "1 of 6 unhealthy, limit 2; MachineSet edge01-md-0-5f9 makes a new one",
        evidence("Node edge01-md-0-7kq2p", "Ready=Unknown", "NodeStatusUnknown"),
        evidence("Lease edge01-md-0-7kq2p", "expired", ""),
        evidence("Machine edge01-md-0-7kq2p", "NodeHealthy=Unknown", "NodeConditionsFailed"));
  }

  /** A Node with as many symptoms as are ever told. */
  static RemediationSpec manySymptoms() {
    RemediationSpec of = worker();
    return spec(
        of.action(),
        of.target(),
        of.machine(),
        of.owner(),
        null,
        of.reason(),
        of.failureClass(),
        of.why(),
        Stream.concat(
                of.evidence().stream(),
                IntStream.range(0, 17)
                    .mapToObj(i -> evidence("Pod free5gc/upf-" + i, "Ready=Unknown", "NodeLost")))
            .toArray(Evidence[]::new));
  }

  static RemediationSpec controlPlane() {
    return spec(
        Action.ReplaceMachine,
        target("cluster.x-k8s.io/v1beta1", "Machine", "default", "edge01-cp-x2"),
        machine("edge01-cp-x2"),
        owner("controlplane.cluster.x-k8s.io/v1beta1", "KubeadmControlPlane", "default", "edge01"),
        null,
        "MachineFailed",
        FailureClass.Machine,
        "1 of 6 unhealthy, limit 2; 3 members, 2 healthy without it, 2 needed;"
            + " KubeadmControlPlane edge01 makes a new one",
        evidence("Machine edge01-cp-x2", "Phase=Failed", "InstanceTerminated"));
  }

  static RemediationSpec drain() {
    return spec(
        Action.DrainNode,
        target("v1", "Node", null, "n1"),
        null,
        null,
        null,
        "NodePressure",
        FailureClass.Pressure,
        "1 of 6 unhealthy, limit 2; all that runs there may move, and other Nodes take it in",
        evidence("Node n1", "DiskPressure=True", "KubeletHasDiskPressure"));
  }

  static RemediationSpec pod() {
    return spec(
        Action.DeletePod,
        target("v1", "Pod", "free5gc", "smf-6c9-x2"),
        null,
        owner("apps/v1", "Deployment", "free5gc", "smf"),
        null,
        "PodCrashLoop",
        FailureClass.Crash,
        "2 of 3 pods of Deployment free5gc/smf ready; free5gc/smf-6c9-x2 alone fails of its"
            + " revision, so a new pod may heal it",
        evidence("Pod smf-6c9-x2", "CrashLoopBackOff, 11 restarts", "exit 137 OOMKilled"));
  }

  static RemediationSpec restart(RemediationSpec.@Nullable Edit edit) {
    String without =
        edit == null
            ? "; no package is changed: core/smf/deployment.yaml is not edited: an anchor or an"
                + " alias stands at metadata"
            : "";
    return spec(
        Action.RestartRollout,
        target("apps/v1", "Deployment", "free5gc", "smf"),
        null,
        owner("apps/v1", "Deployment", "free5gc", "smf"),
        edit,
        "WorkloadStalled",
        FailureClass.Rollout,
        "1 of 3 pods of Deployment free5gc/smf ready; no cause is seen that a restart would not"
            + " change"
            + without,
        evidence("Deployment free5gc/smf", "Progressing=False", "ProgressDeadlineExceeded"));
  }

  /** Of a cluster of its own. */
  public static RemediationSpec restart(String cluster, RemediationSpec.Edit edit) {
    RemediationSpec of = restart(edit);
    return with(
        of,
        new RemediationSpec.ClusterIdentity("default", cluster, "uid-1", ""),
        of.attempt(),
        of.proposedAt());
  }

  /** The next attempt at the same, proposed then. */
  public static RemediationSpec again(RemediationSpec of, Instant at) {
    return with(of, of.cluster(), of.attempt() + 1, at);
  }

  /** Where these are asked for a review. */
  public static Policy policy(String repository, List<String> reviewers) {
    try {
      ClusterPolicySpec spec =
          new ObjectMapper()
              .readValue(
                  "{\"clusterSelector\": {}, \"repository\": \"%s\", \"review\": {\"users\": [%s]}}"
                      .formatted(
                          repository,
                          reviewers.stream()
                              .map(r -> '"' + r + '"')
                              .collect(java.util.stream.Collectors.joining(","))),
                  ClusterPolicySpec.class);
      return new Policy("default", "fleet", "uid-0", 4, Instant.EPOCH, spec);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static RemediationSpec with(
      RemediationSpec of, RemediationSpec.ClusterIdentity cluster, int attempt, Instant at) {
    return new RemediationSpec(
        of.action(),
        at.plusSeconds(86_400),
        of.note(),
        of.policy(),
        cluster,
        of.target(),
        of.machine(),
        of.owner(),
        of.edit(),
        of.reason(),
        of.failureClass(),
        of.fingerprint(),
        of.lineage(),
        attempt,
        of.failingSince(),
        at,
        of.executeWithin(),
        of.stabilization(),
        of.why(),
        of.evidence());
  }

  public static RemediationSpec crd() {
    return spec(
        Action.ReapplyCrd,
        new RemediationSpec.Target(
            "apiextensions.k8s.io/v1", "CustomResourceDefinition", null, "upfs.core.example", ""),
        null,
        null,
        new RemediationSpec.Edit("crds/upf.yaml", "crds", "cd".repeat(32), null),
        "CrdMissing",
        FailureClass.Crd,
        "upfs.core.example is missing",
        evidence("CustomResourceDefinition upfs.core.example", "absent", ""));
  }

  static RemediationSpec outOfMemory() {
    RemediationSpec of = restart(EDIT);
    return spec(
        of.action(),
        of.target(),
        null,
        of.owner(),
        EDIT,
        of.reason(),
        of.failureClass(),
        of.why(),
        evidence("Deployment free5gc/smf", "Progressing=False", "ProgressDeadlineExceeded"),
        evidence("Pod free5gc/smf-1 container smf", "exit 137, 11 restarts", "OOMKilled"),
        evidence("Pod free5gc/smf-2 container smf", "exit 137, 9 restarts", "OOMKilled"));
  }

  static RemediationSpec podOutOfMemory() {
    RemediationSpec of = pod();
    return spec(
        of.action(),
        of.target(),
        null,
        of.owner(),
        null,
        of.reason(),
        of.failureClass(),
        of.why(),
        evidence(of.target().name() + " container web", "exit 137, 7 restarts", "OOMKilled"));
  }

  static RemediationSpec hostile() {
    return spec(
        Action.DeletePod,
        target("v1", "Pod", "shop", "cart-0"),
        null,
        owner("apps/v1", "StatefulSet", "shop", "cart"),
        null,
        "PodCrashLoop",
        FailureClass.Crash,
        "<img src=x onerror=alert(1)> @everyone | closes #5 [here](http://evil.example) --> `now`",
        evidence(
            "Pod cart-0",
            "**all fine**\n\n# Merging is safe | yes |\n<!-- recovery-state:{} -->",
            "x".repeat(1000)));
  }

  static RemediationSpec spec(
      Action action,
      RemediationSpec.Target target,
      RemediationSpec.@Nullable MachineRef machine,
      RemediationSpec.@Nullable Owner owner,
      RemediationSpec.@Nullable Edit edit,
      String reason,
      FailureClass failureClass,
      String why,
      Evidence... evidence) {
    return new RemediationSpec(
        action,
        NOW.plusSeconds(86_400),
        "",
        new RemediationSpec.PolicyRef("default", "fleet", "uid-0", 4L),
        new RemediationSpec.ClusterIdentity("default", "edge01", "uid-1", "uid-2"),
        target,
        machine,
        owner,
        edit,
        reason,
        failureClass,
        "1f2e3d4c",
        "9a8b7c6d",
        1,
        NOW.minusSeconds(720),
        NOW,
        new Span("30m"),
        new Span("10m"),
        why,
        List.of(evidence));
  }

  private static RemediationSpec.Target target(
      String apiVersion, String kind, @Nullable String namespace, String name) {
    return new RemediationSpec.Target(apiVersion, kind, namespace, name, "uid-of-" + name);
  }

  private static RemediationSpec.MachineRef machine(String name) {
    return new RemediationSpec.MachineRef("default", name, "uid-of-machine-" + name);
  }

  private static RemediationSpec.Owner owner(
      String apiVersion, String kind, String namespace, String name) {
    return new RemediationSpec.Owner(apiVersion, kind, namespace, name, "");
  }

  private static Evidence evidence(String object, String condition, String reason) {
    return new Evidence(object, condition, reason, NOW.minusSeconds(720));
  }
}
