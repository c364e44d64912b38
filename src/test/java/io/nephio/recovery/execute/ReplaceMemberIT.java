package io.nephio.recovery.execute;

import static io.nephio.recovery.facts.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationSpec.ClusterIdentity;
import io.nephio.recovery.api.RemediationSpec.MachineRef;
import io.nephio.recovery.api.RemediationSpec.Owner;
import io.nephio.recovery.api.RemediationSpec.Target;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.clusters.Connections;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.lifecycle.Progress;
import io.nephio.recovery.plan.Entries;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.servers.AuditEntry;
import io.nephio.recovery.servers.ClusterApi;
import io.nephio.recovery.servers.KubeApiServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Against Cluster API's own definitions; the test is the health check's and the plane's controller.
 */
class ReplaceMemberIT {
  private static final String USER = "recovery-operator";
  private static final String LABEL = "recovery.nephio.io/approved";
  private static final String REMEDIATE = "cluster.x-k8s.io/remediate-machine";
  private static final Fence WHOLE = Optional::empty;

  @AutoClose private static KubeApiServer server;
  @AutoClose private static Connections connections;
  private static ClusterApi capi;
  private static GenericKubernetesResource plane;
  private static io.nephio.recovery.execute.Action replace;
  private static int count;

  private GenericKubernetesResource machine;
  private LedgerEntry entry;

  @BeforeAll
  static void start() {
    server = KubeApiServer.start("management");
    capi = ClusterApi.install(server);
    plane = capi.controlPlane(capi.cluster("edge", "one"));
    KubernetesClient operator = server.client(USER, "system:masters");
    connections = new Connections(operator);
    replace = new ReplaceMember(operator);
  }

  @BeforeEach
  void machine() {
    String name = "cp" + count++;
    machine = capi.controlPlaneMachine(plane, name);
    RemediationSpec spec =
        Entries.spec(
            Action.ReplaceMachine,
            new ClusterIdentity("edge", "one", "", ""),
            new Target(
                "cluster.x-k8s.io/v1beta1",
                "Machine",
                "edge",
                name,
                machine.getMetadata().getUid()),
            new MachineRef("edge", name, machine.getMetadata().getUid()),
            new Owner(
                "controlplane.cluster.x-k8s.io/v1beta1",
                "KubeadmControlPlane",
                "edge",
                "one-cp",
                ""));
    entry = new LedgerEntry("one-" + name + "-1f2e3d4c", spec, RemediationStatus.empty());
    assertThat(new Actions(connections, () -> NOW).of(spec))
        .containsInstanceOf(ReplaceMember.class);
  }

  @Test
  void theControllerIsAskedThroughAHealthCheckOfItsOwnInOnePatch() {
    assertThat(replace.progress(entry)).isEqualTo(new Progress.NotStarted());

    assertThat(replace.act(entry, WHOLE)).isEqualTo(new Outcome.Asked());

    assertThat(current().getMetadata().getLabels()).containsEntry(LABEL, entry.name());
    assertThat(current().getMetadata().getAnnotations()).containsEntry(REMEDIATE, "");
    assertThat(current().getMetadata().getDeletionTimestamp()).isNull();
    assertThat(changes()).containsExactly("create machinehealthchecks", "patch machines");
    Map<String, Object> selector = check().get("spec", "selector", "matchLabels");
    assertThat(selector).isEqualTo(Map.of(LABEL, entry.name()));
    String startup = check().get("spec", "nodeStartupTimeout");
    assertThat(startup).isEqualTo("0s");
    assertThat(replace.progress(entry))
        .isEqualTo(new Progress.Asked("its controller has not answered yet"));
  }

  @Test
  void askedAgainItOnlyTellsTheAnswer() {
    replace.act(entry, WHOLE);
    capi.condition(machine, "OwnerRemediated", "False", "WaitingForRemediation", NOW);

    assertThat(replace.act(entry, WHOLE))
        .isInstanceOfSatisfying(
            Outcome.Safe.class, s -> assertThat(s.why()).startsWith("WaitingForRemediation: "));
    assertThat(changes()).containsExactly("create machinehealthchecks", "patch machines");
  }

  @Test
  void anApprovalIsWithdrawnInTheOnlyOrderThatWithdrawsIt() {
    replace.act(entry, WHOLE);
    capi.condition(machine, "HealthCheckSucceeded", "False", "HasRemediateAnnotation", NOW);
    capi.condition(machine, "OwnerRemediated", "False", "CannotBeRemediated", NOW);

    assertThat(replace.undo(entry)).isPresent();
    assertThat(current().getMetadata().getAnnotations()).doesNotContainKey(REMEDIATE);
    assertThat(replace.undo(entry)).as("not well yet").isPresent();
    capi.condition(machine, "HealthCheckSucceeded", "True", "", NOW);
    assertThat(replace.undo(entry)).as("its owner still goes by it").isPresent();
    assertThat(current().getMetadata().getLabels()).containsEntry(LABEL, entry.name());
    assertThat(check()).isNotNull();

    capi.condition(machine, "OwnerRemediated", "True", "", NOW);
    assertThat(replace.undo(entry)).isEmpty();
    assertThat(current().getMetadata().getLabels()).doesNotContainKey(LABEL);
    assertThat(check()).isNull();
    assertThat(replace.progress(entry)).isEqualTo(new Progress.NotStarted());
    assertThat(replace.undo(entry)).as("again").isEmpty();
  }

  @Test
  void onceTheMachineGoesOnlyTheHealthCheckIsLeftToClear() {
    replace.act(entry, WHOLE);
    server.client().resource(machine).delete();

    assertThat(replace.progress(entry)).isEqualTo(new Progress.Happened());
    assertThat(replace.settle(entry, true)).isEmpty();
    assertThat(check()).isNull();
    assertThat(changes())
        .containsExactly(
            "create machinehealthchecks", "patch machines", "delete machinehealthchecks");
  }

  @Test
  void behindABrokenFenceNobodyIsAsked() {
    assertThat(replace.act(entry, () -> Optional.of("another process leads")))
        .isEqualTo(new Outcome.Safe("another process leads"));
    assertThat(changes()).isEmpty();
  }

  @Test
  void aFenceThatBreaksInBetweenLeavesTheMachineUnasked() {
    Fence breaking = () -> check() == null ? Optional.empty() : Optional.of("the lease is lost");

    assertThat(replace.act(entry, breaking)).isEqualTo(new Outcome.Safe("the lease is lost"));
    assertThat(replace.progress(entry)).isEqualTo(new Progress.NotStarted());
    assertThat(replace.undo(entry)).isEmpty();
    assertThat(check()).isNull();
  }

  @Test
  void aPersonsWordOnTheMachineHolds() {
    annotate(Machine.SKIP_REMEDIATION);

    assertThat(replace.act(entry, WHOLE))
        .isEqualTo(new Outcome.Safe("the Machine is annotated cluster.x-k8s.io/skip-remediation"));
    assertThat(changes()).isEmpty();
  }

  @Test
  void whatSomebodyElseAsksForIsNotOursToTakeBack() {
    annotate(REMEDIATE);

    assertThat(replace.act(entry, WHOLE))
        .isEqualTo(new Outcome.Safe("somebody else is asking for its remediation"));
    assertThat(replace.undo(entry)).isEmpty();
    assertThat(current().getMetadata().getAnnotations()).containsKey(REMEDIATE);
  }

  private void annotate(String key) {
    server
        .client()
        .resource(current())
        .edit(
            m -> {
              m.getMetadata().getAnnotations().put(key, "");
              return m;
            });
  }

  private List<String> changes() {
    return server.audit().stream()
        .filter(e -> e.user().equals(USER) && e.code() < 300)
        .filter(e -> !List.of("get", "list", "watch").contains(e.verb()))
        .filter(
            e -> e.name().equals(machine.getMetadata().getName()) || e.name().equals(entry.name()))
        .map(ReplaceMemberIT::told)
        .toList();
  }

  private static String told(AuditEntry entry) {
    return entry.verb() + " " + entry.resource();
  }

  private GenericKubernetesResource current() {
    return server.client().resource(machine).get();
  }

  private GenericKubernetesResource check() {
    return server
        .client()
        .genericKubernetesResources("cluster.x-k8s.io/v1beta1", "MachineHealthCheck")
        .inNamespace("edge")
        .withName(entry.name())
        .get();
  }
}
