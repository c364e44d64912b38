package io.nephio.recovery.execute;

import static io.nephio.recovery.facts.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationSpec.ClusterIdentity;
import io.nephio.recovery.api.RemediationSpec.Target;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Execution;
import io.nephio.recovery.clusters.Connections;
import io.nephio.recovery.lifecycle.Progress;
import io.nephio.recovery.plan.Entries;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.servers.AuditEntry;
import io.nephio.recovery.servers.ClusterApi;
import io.nephio.recovery.servers.KubeApiServer;
import io.nephio.recovery.servers.Nodes;
import io.nephio.recovery.servers.Pods;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One server is both clusters, and has no controllers: what a pod's kubelet would do, the test
 * does. Every test has a namespace and Nodes of its own.
 */
class WorkloadActionsIT {
  private static final String USER = "recovery-operator";
  private static final String REMEDIATION = "one-1f2e3d4c";
  private static final String MARK = "recovery.nephio.io/cordoned-by";
  private static final Fence WHOLE = Optional::empty;
  private static final Fence BROKEN = () -> Optional.of("another process leads");

  @AutoClose private static KubeApiServer server;
  private static KubernetesClient operator;
  private static int count;

  private Connections connections;
  private String name;
  private Pods pods;

  @BeforeAll
  static void start() {
    server = KubeApiServer.start("both");
    ClusterApi capi = ClusterApi.install(server);
    capi.kubeconfig(capi.cluster("edge", "one"), server.kubeconfig(USER, "system:masters"));
    operator = server.client(USER, "system:masters");
  }

  @BeforeEach
  void namespace() {
    name = "t" + count++;
    server
        .client()
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    pods = new Pods(server.client(), name);
    connections = new Connections(operator);
  }

  @AfterEach
  void disconnect() {
    connections.close();
  }

  @Test
  void aPodIsEvictedOnceAndAnEventOnItSaysSo() {
    LedgerEntry entry =
        entry(Action.DeletePod, pods.put(pods.replicaSet("web", 1), "p", "n", "Crashing"));
    assertThat(action(entry).progress(entry)).isEqualTo(new Progress.NotStarted());

    assertThat(action(entry).act(entry, WHOLE)).isEqualTo(new Outcome.Done());

    assertThat(action(entry).progress(entry)).isEqualTo(new Progress.Happened());
    assertThat(action(entry).act(entry, WHOLE)).isEqualTo(new Outcome.Safe("the pod is gone"));
    assertThat(evictions(false)).extracting(AuditEntry::code).containsExactly(201);
    assertThat(server.client().events().v1().events().inNamespace(name).list().getItems())
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.getReason()).isEqualTo("PersistentCrashLoop");
              assertThat(e.getNote()).isEqualTo("Deleting pod to force recreate");
              assertThat(e.getRegarding().getName()).isEqualTo("p");
            });
  }

  @Test
  void anotherPodOfTheNameIsLeftAlone() {
    Pod pod = pods.put(pods.replicaSet("web", 1), "p", "n", "Crashing");
    pod.getMetadata().setUid("another");
    LedgerEntry entry = entry(Action.DeletePod, pod);

    assertThat(action(entry).progress(entry)).isEqualTo(new Progress.Happened());
    assertThat(action(entry).act(entry, WHOLE)).isEqualTo(new Outcome.Safe("the pod is gone"));
    nothingIsChanged();
  }

  @Test
  void behindABrokenFenceAPodStaysAndNothingIsSaid() {
    LedgerEntry entry =
        entry(Action.DeletePod, pods.put(pods.replicaSet("web", 1), "p", "n", "Crashing"));

    assertThat(action(entry).act(entry, BROKEN))
        .isEqualTo(new Outcome.Safe("another process leads"));
    nothingIsChanged();
  }

  @Test
  void aBudgetThatRefusesIsShownAndAskedOnlyOnce() {
    LedgerEntry entry =
        entry(Action.DeletePod, pods.put(pods.replicaSet("web", 1), "p", "n", "Ready"));
    budget();

    assertThat(action(entry).act(entry, WHOLE))
        .isInstanceOfSatisfying(
            Outcome.Safe.class,
            safe -> assertThat(safe.why()).startsWith("refused by its PodDisruptionBudget: "));
    assertThat(evictions(true)).extracting(AuditEntry::code).containsExactly(429);
    nothingIsChanged();
  }

  @Test
  void aRolloutIsRestartedOnceByAMarkThatOnlyWeCanSet() {
    HasMetadata deployment = pods.deployment("web", 2);
    LedgerEntry entry = entry(Action.RestartRollout, deployment);
    assertThat(action(entry).progress(entry)).isEqualTo(new Progress.NotStarted());

    assertThat(action(entry).act(entry, WHOLE)).isEqualTo(new Outcome.Done());

    Deployment after = deployment("web");
    assertThat(after.getMetadata().getAnnotations())
        .containsEntry("recovery.nephio.io/restarted", "true");
    assertThat(after.getSpec().getTemplate().getMetadata().getAnnotations())
        .isEqualTo(Map.of("kubectl.kubernetes.io/restartedAt", NOW.toString()));
    assertThat(after.getMetadata().getGeneration()).isEqualTo(2);
    assertThat(after.getSpec().getReplicas()).isEqualTo(2);
    assertThat(action(entry).progress(entry)).isEqualTo(new Progress.Happened());
  }

  @Test
  void anAnnotationThatSomebodyCopiedIsNoEvidence() {
    HasMetadata deployment = pods.deployment("web", 2);
    LedgerEntry entry = entry(Action.RestartRollout, deployment);
    server
        .client()
        .apps()
        .deployments()
        .inNamespace(name)
        .withName("web")
        .edit(
            d -> {
              d.getMetadata()
                  .setAnnotations(Map.of("recovery.nephio.io/restarted-by", REMEDIATION));
              return d;
            });

    assertThat(action(entry).progress(entry)).isEqualTo(new Progress.NotStarted());
  }

  @Test
  void aWorkloadThatChangesBetweenReadAndApplyIsLeftAlone() {
    LedgerEntry entry = entry(Action.RestartRollout, pods.deployment("web", 2));
    Fence touching =
        () -> {
          server.client().apps().deployments().inNamespace(name).withName("web").scale(3);
          return Optional.empty();
        };

    assertThat(action(entry).act(entry, touching))
        .isEqualTo(new Outcome.Safe("the workload has just changed"));
    assertThat(deployment("web").getSpec().getTemplate().getMetadata().getAnnotations())
        .isNullOrEmpty();
  }

  @Test
  void anotherWorkloadOfTheNameIsLeftAlone() {
    HasMetadata deployment = pods.deployment("web", 2);
    deployment.getMetadata().setUid("another");
    LedgerEntry entry = entry(Action.RestartRollout, deployment);

    assertThat(action(entry).act(entry, WHOLE)).isEqualTo(new Outcome.Safe("the workload is gone"));
    nothingIsChanged();
  }

  @Test
  void aNodeIsDrainedAsKubectlWouldAndUncordonedWhenItIsWell() {
    LedgerEntry entry = entry(Action.DrainNode, node());
    HasMetadata web = pods.replicaSet("web", 2);
    pods.put(web, "here", name, "Ready");
    pods.put(web, "elsewhere", "other", "Ready");
    pods.put(pods.replicaSet("batch", 1), "finished", name, "Succeeded");
    pods.put(pods.daemonSet("agent"), "agent", name, "Ready");
    assertThat(action(entry).progress(entry)).isEqualTo(new Progress.NotStarted());

    assertThat(action(entry).act(entry, WHOLE)).isInstanceOf(Outcome.Safe.class);

    assertThat(evictions(false))
        .extracting(AuditEntry::name)
        .containsExactlyInAnyOrder("here", "finished");
    assertThat(action(entry).progress(entry)).isInstanceOf(Progress.Partly.class);
    assertThat(Cordon.isMarked(theNode(), REMEDIATION)).isTrue();
    List.of("here", "finished")
        .forEach(
            p -> server.client().pods().inNamespace(name).withName(p).withGracePeriod(0).delete());
    assertThat(action(entry).progress(entry)).isEqualTo(new Progress.Happened());

    assertThat(action(entry).settle(entry, false)).isEmpty();
    assertThat(Cordon.isCordoned(theNode())).as("still sick").isTrue();
    assertThat(action(entry).settle(entry, true)).isEmpty();
    assertThat(Cordon.isCordoned(theNode())).isFalse();
    assertThat(theNode().getMetadata().getAnnotations()).doesNotContainKey(MARK);
  }

  @Test
  void ofOneOwnerOnePodAtATimeGoesAndTheLastReadyOneStays() {
    LedgerEntry entry = entry(Action.DrainNode, node());
    HasMetadata web = pods.replicaSet("web", 2);
    pods.put(web, "a", name, "Ready");
    pods.put(web, "b", name, "Ready");

    action(entry).act(entry, WHOLE);
    action(entry).act(entry, WHOLE);

    assertThat(evictions(false)).hasSize(1);
    assertThat(action(entry).progress(entry)).isInstanceOf(Progress.Partly.class);
  }

  @Test
  void aBudgetHoldsUpADrainAndIsNamed() {
    LedgerEntry entry = entry(Action.DrainNode, node());
    HasMetadata web = pods.replicaSet("web", 2);
    pods.put(web, "here", name, "Ready");
    pods.put(web, "elsewhere", "other", "Ready");
    budget();

    assertThat(action(entry).act(entry, WHOLE))
        .isInstanceOfSatisfying(
            Outcome.Safe.class,
            safe ->
                assertThat(safe.why())
                    .startsWith("pod " + name + "/here is still there; ")
                    .contains("refused by its PodDisruptionBudget"));
    assertThat(evictions(false)).extracting(AuditEntry::code).containsExactly(429);
  }

  @Test
  void aPodThatWouldBeLostForbidsTheDrain() {
    LedgerEntry entry = entry(Action.DrainNode, node());
    pods.put(null, "bare", name, "Ready");

    assertThat(action(entry).act(entry, WHOLE))
        .isEqualTo(new Outcome.Safe("pod " + name + "/bare has no controller and would be lost"));
    nothingIsChanged();
  }

  @Test
  void aPersonWhoUncordonsStopsADrain() {
    LedgerEntry entry = entry(Action.DrainNode, node());
    pods.put(pods.replicaSet("web", 1), "last", name, "Ready");
    action(entry).act(entry, WHOLE);
    assertThat(Cordon.isCordoned(theNode())).isTrue();

    cordon(false);

    assertThat(action(entry).progress(entry)).isEqualTo(new Progress.Stopped(Cordon.LIFTED));
    assertThat(action(entry).act(entry, WHOLE)).isEqualTo(new Outcome.Safe(Cordon.LIFTED));
    assertThat(Cordon.isCordoned(theNode())).isFalse();
    assertThat(action(entry).undo(entry)).isEmpty();
    assertThat(theNode().getMetadata().getAnnotations()).doesNotContainKey(MARK);
  }

  @Test
  void aNodeThatAPersonCordonedIsNotDrained() {
    LedgerEntry entry = entry(Action.DrainNode, node());
    cordon(true);

    assertThat(action(entry).act(entry, WHOLE))
        .isEqualTo(new Outcome.Safe("the Node is cordoned already: somebody is at it"));
    assertThat(action(entry).undo(entry)).isEmpty();
    assertThat(Cordon.isCordoned(theNode())).isTrue();
  }

  @Test
  void behindABrokenFenceANodeIsNotTouched() {
    LedgerEntry entry = entry(Action.DrainNode, node());
    pods.put(pods.replicaSet("web", 1), "p", name, "Crashing");

    assertThat(action(entry).act(entry, BROKEN))
        .isEqualTo(new Outcome.Safe("another process leads"));
    nothingIsChanged();
  }

  private void nothingIsChanged() {
    assertThat(
            server.audit().stream()
                .filter(e -> e.user().equals(USER))
                .filter(e -> e.namespace().equals(name) || e.name().equals(name))
                .filter(e -> !e.uri().contains("dryRun=All"))
                .map(AuditEntry::verb))
        .isSubsetOf("get", "list");
  }

  private List<AuditEntry> evictions(boolean dryRun) {
    return server.audit().stream()
        .filter(e -> e.user().equals(USER) && e.subresource().equals("eviction"))
        .filter(e -> e.namespace().equals(name) && e.uri().contains("dryRun=All") == dryRun)
        .toList();
  }

  /** Nobody has looked at its pods yet, so it allows no disruption. */
  private void budget() {
    server
        .client()
        .resource(
            new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withNamespace(name)
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withNewMinAvailable(1)
                .withNewSelector()
                .addToMatchLabels("app", "web")
                .endSelector()
                .endSpec()
                .build())
        .create();
  }

  private void cordon(boolean unschedulable) {
    server
        .client()
        .nodes()
        .withName(name)
        .edit(
            n -> {
              n.getSpec().setUnschedulable(unschedulable);
              return n;
            });
  }

  private Node node() {
    return Nodes.put(server.client(), name, "True", Instant.now());
  }

  private Node theNode() {
    return server.client().nodes().withName(name).get();
  }

  private Deployment deployment(String of) {
    return server.client().apps().deployments().inNamespace(name).withName(of).get();
  }

  private io.nephio.recovery.execute.Action action(LedgerEntry entry) {
    return new Actions(connections, () -> NOW).of(entry.spec()).orElseThrow();
  }

  private LedgerEntry entry(Action action, HasMetadata target) {
    RemediationSpec spec =
        Entries.spec(
            action,
            new ClusterIdentity("edge", "one", "", ""),
            new Target(
                target.getApiVersion(),
                target.getKind(),
                target.getMetadata().getNamespace(),
                target.getMetadata().getName(),
                target.getMetadata().getUid()),
            null,
            null);
    return new LedgerEntry(
        REMEDIATION,
        spec,
        RemediationStatus.empty().withExecution(new Execution(NOW, null, null, false)));
  }
}
