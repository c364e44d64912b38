package io.nephio.recovery.execute;

import static io.nephio.recovery.facts.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationSpec.ClusterIdentity;
import io.nephio.recovery.api.RemediationSpec.MachineRef;
import io.nephio.recovery.api.RemediationSpec.Target;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.clusters.Connections;
import io.nephio.recovery.lifecycle.Progress;
import io.nephio.recovery.plan.Entries;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.servers.AuditEntry;
import io.nephio.recovery.servers.ClusterApi;
import io.nephio.recovery.servers.KubeApiServer;
import io.nephio.recovery.servers.Line;
import io.nephio.recovery.servers.Nodes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One server is both clusters. Every test has a Machine and its Node of its own name. */
class ReplaceMachineIT {
  private static final String USER = "recovery-operator";
  private static final String REMEDIATION = "one-machine-1f2e3d4c";
  private static final String MARK = "recovery.nephio.io/cordoned-by";
  private static final Fence WHOLE = Optional::empty;

  @AutoClose private static KubeApiServer server;
  private static ClusterApi capi;
  private static GenericKubernetesResource set;
  private static KubernetesClient operator;
  private static int count;

  private Connections connections;
  private io.nephio.recovery.execute.Action replace;
  private GenericKubernetesResource machine;
  private String name;

  @BeforeAll
  static void start() {
    server = KubeApiServer.start("management");
    capi = ClusterApi.install(server);
    GenericKubernetesResource cluster = capi.cluster("edge", "one");
    capi.kubeconfig(cluster, server.kubeconfig(USER, "system:masters"));
    set = capi.machineSet(capi.machineDeployment(cluster, "md", 3));
    operator = server.client(USER, "system:masters");
  }

  @BeforeEach
  void machine() {
    name = "m" + count++;
    machine = capi.workerMachine(set, name);
    Nodes.put(server.client(), name, "Unknown", Instant.now().minusSeconds(600));
    connections = new Connections(operator);
    replace = new Actions(connections, () -> NOW).of(spec(Action.ReplaceMachine)).orElseThrow();
  }

  @AfterEach
  void disconnect() {
    connections.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"ReplaceMachine", "ReplaceNode"})
  void theApprovedMachineIsDeletedAndItsNodeCordonedIfThatWasSaid(Action action) {
    assertThat(replace.act(entry(spec(action)), WHOLE)).isEqualTo(new Outcome.Done());

    assertThat(current().getMetadata().getDeletionTimestamp()).isNotNull();
    assertThat(deletes()).singleElement().satisfies(d -> assertThat(d.code()).isEqualTo(200));
    boolean cordon = action == Action.ReplaceNode;
    assertThat(Boolean.TRUE.equals(node().getSpec().getUnschedulable())).isEqualTo(cordon);
    assertThat(mark()).isEqualTo(cordon ? REMEDIATION : null);
  }

  @Test
  void anotherMachineOfTheNameIsLeftAlone() {
    RemediationSpec spec = spec(Action.ReplaceNode, "another-uid", kubeSystem());

    assertThat(replace.act(entry(spec), WHOLE)).isEqualTo(new Outcome.Safe("the Machine is gone"));
    assertNothingChanged();
  }

  @Test
  void behindABrokenFenceNothingIsTouchedAtAll() {
    Fence broken = () -> Optional.of("another process leads");

    assertThat(replace.act(entry(spec(Action.ReplaceNode)), broken))
        .isEqualTo(new Outcome.Safe("another process leads"));
    assertNothingChanged();
  }

  @Test
  void aFenceThatBreaksAfterTheCordonSavesTheMachine() {
    Fence breaking = () -> mark() == null ? Optional.empty() : Optional.of("the lease is lost");

    assertThat(replace.act(entry(spec(Action.ReplaceNode)), breaking))
        .isEqualTo(new Outcome.Safe("the lease is lost"));
    assertThat(current().getMetadata().getDeletionTimestamp()).isNull();
    assertThat(mark()).isEqualTo(REMEDIATION);

    assertThat(replace.undo(entry(spec(Action.ReplaceNode)))).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void aMachineThatChangesBetweenReadAndDeleteIsLeftAlone() {
    Fence touching =
        () -> {
          server
              .client()
              .resource(current())
              .edit(
                  m -> {
                    m.getMetadata().getLabels().put("touched", "x" + System.nanoTime());
                    return m;
                  });
          return Optional.empty();
        };

    assertThat(replace.act(entry(spec(Action.ReplaceMachine)), touching))
        .isEqualTo(new Outcome.Safe("the Machine has just changed"));
    assertThat(current().getMetadata().getDeletionTimestamp()).isNull();
    assertThat(deletes()).singleElement().satisfies(d -> assertThat(d.code()).isEqualTo(409));
  }

  /** By a client that asks again by itself, as the operator's does. */
  @Test
  void aDeletionWhoseAnswerIsLostIsNotAskedForAgain() {
    var cutter =
        new Line.Cutter() {
          @Override
          public boolean returns(Line.Request request) {
            return !request.method().equals("DELETE");
          }
        };
    try (Line line = Line.to(server, server.kubeconfig(USER, "system:masters"), cutter);
        KubernetesClient over =
            new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(line.kubeconfig()))
                .build();
        Connections cut = new Connections(over)) {
      var act = new Actions(cut, () -> NOW).of(spec(Action.ReplaceMachine));

      assertThat(act.orElseThrow().act(entry(spec(Action.ReplaceMachine)), WHOLE))
          .isInstanceOf(Outcome.Unknown.class);
    }
    assertThat(current().getMetadata().getDeletionTimestamp()).isNotNull();
    assertThat(deletes()).singleElement().satisfies(d -> assertThat(d.code()).isEqualTo(200));
  }

  @Test
  void whatAPersonCordonedIsNotMarkedAndNotUndone() {
    server.client().nodes().withName(name).edit(ReplaceMachineIT::cordoned);

    assertThat(replace.act(entry(spec(Action.ReplaceNode)), WHOLE)).isEqualTo(new Outcome.Done());
    replace.undo(entry(spec(Action.ReplaceNode)));

    assertThat(mark()).isNull();
    assertThat(node().getSpec().getUnschedulable()).isTrue();
  }

  @Test
  void theCordonOfAnotherRemediationIsNotUndone() {
    replace.act(entry("another", spec(Action.ReplaceNode)), WHOLE);

    replace.undo(entry(spec(Action.ReplaceNode)));

    assertThat(mark()).isEqualTo("another");
    assertThat(node().getSpec().getUnschedulable()).isTrue();
  }

  @Test
  void aNodeThatIsGoneNeedsNoCordon() {
    server.client().nodes().withName(name).delete();

    assertThat(replace.act(entry(spec(Action.ReplaceNode)), WHOLE)).isEqualTo(new Outcome.Done());
    assertThat(replace.undo(entry(spec(Action.ReplaceNode)))).isEmpty();
  }

  @Test
  void aCordonThatCannotBeLiftedIsSaid() {
    replace.act(entry(spec(Action.ReplaceNode)), WHOLE);
    var secret = server.client().secrets().inNamespace("edge").withName("one-kubeconfig");
    Secret kept = secret.get();
    secret.delete();
    connections.retain(Set.of());
    try {
      assertThat(replace.undo(entry(spec(Action.ReplaceNode))))
          .contains("the Node cannot be uncordoned: its cluster does not answer");
      assertThat(replace.undo(entry(spec(Action.ReplaceMachine)))).isEmpty();
    } finally {
      kept.getMetadata().setResourceVersion(null);
      server.client().resource(kept).create();
    }
  }

  @Test
  void behindAKubeconfigThatLeadsElsewhereNothingIsTouched() {
    RemediationSpec spec =
        spec(Action.ReplaceNode, machine.getMetadata().getUid(), "another-kube-system");

    assertThat(replace.act(entry(spec), WHOLE))
        .isEqualTo(
            new Outcome.Safe(
                "the Node cannot be cordoned: the kubeconfig leads to another cluster"));
    assertNothingChanged();
  }

  @ParameterizedTest
  @EnumSource
  void progressIsWhatTheMachineShows(Shown shown) {
    shown.begin(machine);

    assertThat(replace.progress(entry(spec(Action.ReplaceMachine)))).isEqualTo(shown.progress());
  }

  enum Shown {
    nothing,
    deletionTimestamp {
      @Override
      void begin(GenericKubernetesResource machine) {
        server.client().resource(machine).delete();
      }
    },
    gone {
      @Override
      void begin(GenericKubernetesResource machine) {
        server.client().resource(machine).delete();
        capi.release(machine);
      }
    },
    otherUid {
      @Override
      void begin(GenericKubernetesResource machine) {
        gone.begin(machine);
        capi.workerMachine(set, machine.getMetadata().getName());
      }
    };

    void begin(GenericKubernetesResource machine) {}

    Progress progress() {
      return this == nothing ? new Progress.NotStarted() : new Progress.Happened();
    }
  }

  private void assertNothingChanged() {
    assertThat(deletes()).isEmpty();
    assertThat(
            server.audit().stream()
                .filter(e -> e.user().equals(USER) && e.name().equals(name))
                .map(AuditEntry::verb))
        .containsOnly("get");
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() {
    assertThat(current().getMetadata().getDeletionTimestamp()).isNull();
    assertThat(mark()).isNull();
    assertThat(node().getSpec().getUnschedulable()).isNull();
  }

  private List<AuditEntry> deletes() {
    return server.audit().stream()
        .filter(e -> e.user().equals(USER) && e.verb().equals("delete") && e.name().equals(name))
        .toList();
  }

  private GenericKubernetesResource current() {
    return server.client().resource(machine).get();
  }

  private Node node() {
    return server.client().nodes().withName(name).get();
  }

  private String mark() {
    var annotations = node().getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(MARK);
  }

  private static Node cordoned(Node node) {
    node.getSpec().setUnschedulable(true);
    return node;
  }

  private static String kubeSystem() {
    return server.client().namespaces().withName("kube-system").get().getMetadata().getUid();
  }

  private static LedgerEntry entry(RemediationSpec spec) {
    return entry(REMEDIATION, spec);
  }

  private static LedgerEntry entry(String name, RemediationSpec spec) {
    return new LedgerEntry(name, spec, RemediationStatus.empty());
  }

  private RemediationSpec spec(Action action) {
    return spec(action, machine.getMetadata().getUid(), kubeSystem());
  }

  private RemediationSpec spec(Action action, String uid, String kubeSystem) {
    RemediationSpec of = Entries.worker(RemediationStatus.empty()).spec();
    return Entries.spec(
        action,
        new ClusterIdentity("edge", "one", "", kubeSystem),
        new Target("v1", "Node", null, name, "node-uid"),
        new MachineRef("edge", name, uid),
        of.owner());
  }
}
