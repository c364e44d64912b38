package io.nephio.recovery.operator;

import static io.nephio.recovery.facts.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationSpec.MachineRef;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Approval;
import io.nephio.recovery.api.RemediationStatus.Execution;
import io.nephio.recovery.clusters.Connections;
import io.nephio.recovery.execute.Actions;
import io.nephio.recovery.execute.Engines;
import io.nephio.recovery.git.Calls;
import io.nephio.recovery.observe.live.LiveFleet;
import io.nephio.recovery.plan.Entries;
import io.nephio.recovery.servers.KubeApiServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ledger that somebody else wrote, and no Git server anywhere. */
class RemediationPassIT {
  @AutoClose private static KubeApiServer server;
  @AutoClose private static Connections connections;
  @AutoClose private static LiveFleet fleet;
  @AutoClose private static GitAccess git;
  private static LedgerStore ledger;
  private static RemediationPass pass;
  private static int count;

  @BeforeAll
  static void start() {
    server = KubeApiServer.start("management");
    List.of("clusterpolicies", "remediations")
        .forEach(kind -> server.apply(Path.of("crds/" + kind + ".recovery.nephio.io.yaml")));
    KubernetesClient client = server.client();
    connections = new Connections(client);
    fleet = new LiveFleet(client, connections, () -> {});
    Settings settings = Settings.of(Map.of("GIT_SERVER_URL", "http://127.0.0.1:1"));
    git = new GitAccess(client, settings, Calls.UNCOUNTED);
    ledger = new LedgerStore(client);
    pass =
        new RemediationPass(
            new Inspection.Sources(
                client,
                fleet,
                git,
                ledger,
                new Actions(connections, () -> NOW),
                new Engines(connections, () -> NOW, (entry, commit) -> false),
                new Ground(client, settings)),
            new Announcements(
                new Events(client, "op-0", () -> NOW),
                new Metrics(new SimpleMeterRegistry()),
                () -> {}),
            () -> true,
            () -> NOW);
    Stage.waiting().ignoreExceptions().until(() -> ledger.all().entries().isEmpty());
  }

  @ParameterizedTest(name = "{0} without {1}")
  @CsvSource({
    "Approved, approval, Refused",
    "Executing, approval, Unknown",
    "Executing, execution, Unknown",
    "Verifying, execution, Unknown",
  })
  void aPhaseWithoutItsFactsIsForAPersonAndNothingIsDone(Phase phase, String missing, Phase end) {
    RemediationStatus status = RemediationStatus.empty().with(phase, "", "");
    if (!missing.equals("approval")) {
      status = status.withApproval(new Approval("alice", NOW, "merge", NOW.plusSeconds(600)));
    } else if (phase == Phase.Executing) {
      status = status.withExecution(new Execution(NOW, null, null, false));
    }
    Remediation remediation = create(status);

    run(remediation);

    RemediationStatus after = read(remediation).status();
    assertThat(after.phase()).isEqualTo(end);
    assertThat(after.reason()).isEqualTo("LedgerCorrupt");
    assertThat(after.message()).isEqualTo("the ledger says " + phase + " but has no " + missing);
  }

  @Test
  void whatIsDeletedByHandIsForgotten() {
    Remediation remediation = create(RemediationStatus.empty());
    server.client().resource(remediation).delete();

    assertThat(run(remediation)).isEmpty();
  }

  @Test
  void whoeverLosesTheRaceHasWrittenNothing() {
    Remediation read = create(RemediationStatus.empty());
    RemediationStatus first = RemediationStatus.empty().with(Phase.Healed, "First", "");

    assertThat(ledger.write(read, first)).isPresent();
    assertThat(ledger.write(read, RemediationStatus.empty().with(Phase.Failed, "Second", "")))
        .isEmpty();
    assertThat(read(read).status().reason()).isEqualTo("First");
  }

  /** What the records cut, the API server takes. */
  @Test
  void whatOthersSayIsNeverTooLongToBeWritten() {
    Remediation read = create(RemediationStatus.empty());
    RemediationStatus blocked =
        new io.nephio.recovery.lifecycle.Moves(RemediationStatus.empty(), NOW)
            .blocked("GitRefused", "🔥".repeat(100_000), NOW.plusSeconds(1))
            .orElseThrow()
            .with(Phase.Detected, "r".repeat(10_000), "\u0000é".repeat(10_000));

    assertThat(ledger.write(read, blocked)).isPresent();
  }

  private static Optional<Duration> run(Remediation remediation) {
    return pass.run("default", remediation.getMetadata().getName());
  }

  private static Remediation read(Remediation remediation) {
    return ledger.get("default", remediation.getMetadata().getName()).orElseThrow();
  }

  private static Remediation create(RemediationStatus status) {
    Remediation remediation = new Remediation();
    remediation.setMetadata(
        new ObjectMetaBuilder().withNamespace("default").withName("one-" + count++).build());
    remediation.setSpec(spec());
    Remediation created = server.client().resource(remediation).create();
    assertThat(ledger.write(created, status)).isPresent();
    return read(created);
  }

  private static RemediationSpec spec() {
    RemediationSpec of = Entries.worker(RemediationStatus.empty()).spec();
    return Entries.spec(
        of.action(),
        of.cluster(),
        of.target(),
        new MachineRef("default", "m1", "machine-uid-m1"),
        of.owner());
  }
}
