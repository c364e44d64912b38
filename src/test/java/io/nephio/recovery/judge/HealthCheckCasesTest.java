package io.nephio.recovery.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Sample;
import io.nephio.recovery.observe.Written;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.Plan;
import io.nephio.recovery.plan.Planner;
import io.nephio.recovery.plan.Policies;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the tests of Cluster API's MachineHealthCheck distinguish, in our words: what becomes of the
 * same objects here, whichever contract they are written in, and beside a health check of its own.
 *
 * <p>A line is what happens | what changes in a healthy cluster | what the policy says otherwise |
 * findings | decisions. The thresholds are the defaults: 20m to start, 5m not Ready, 15m of
 * pressure, 1h to delete, a longInterval of 5m.
 */
class HealthCheckCasesTest {
  private static final String CASES =
      """
      starts | w1 without Node; w1 since 9m | | |
      has a while to go | w1 without Node; w1 since 19m | | MachineNotRunning w1 Pending |
      took too long | w1 without Node; w1 since 20m | | MachineNotRunning w1 Due | Propose ReplaceMachine w1
      may take longer | w1 without Node; w1 since 20m | machineStartupTimeout: '30m' | MachineNotRunning w1 Pending |
      its infrastructure came late | w1 without Node; w1 InfrastructureReady=True@5m | | |
      its infrastructure never came | w1 without Node; w1 InfrastructureReady=False@47h | | MachineNotRunning w1 Due | Propose ReplaceMachine w1
      the cluster's infrastructure came late | w1 without Node; c InfrastructureReady=True@5m | | |
      the cluster's infrastructure went | w1 without Node; c InfrastructureReady=False@1m | | InfraUnready c Due | Manual None c
      nobody knows of the infrastructure | w1 without Node; c InfrastructureReady=Unknown@1m | | MachineNotRunning w1 Due | Propose ReplaceMachine w1
      the control plane came late | w1 without Node; c ControlPlaneInitialized=True@5m | | |
      the control plane came late and a member takes too long | cp1 without Node; c ControlPlaneInitialized=True@5m | | MachineNotRunning cp1 Due | Propose ReplaceMachine cp1
      failed at its start | w1 without Node; w1 since 5m; w1 failure CreateError | | MachineFailed w1 Due | Propose ReplaceMachine w1
      its template is wrong | w1 without Node; w1 since 5m; w1 failure InvalidConfiguration | | MachineFailed w1 Due | Manual None w1
      failed with a reason | w1 failure UpdateError | | MachineFailed w1 Due | Propose ReplaceMachine w1
      failed with a message alone | w1 message gone | | MachineFailed w1 Due | Propose ReplaceMachine w1
      failed by its phase alone | w1 phase Failed | | MachineFailed w1 Due | Propose ReplaceMachine w1
      its phase is odd | w1 phase Provisioning | | |
      its infrastructure is ready no more | w1 InfrastructureReady=False@1h | | |
      failed and goes | w1 failure UpdateError; w1 deleted 5m | | |
      failed and paused | w1 failure UpdateError; w1 paused | | MachineFailed w1 Due | Defer ReplaceMachine w1
      failed and to be left alone | w1 failure UpdateError; w1 annotated cluster.x-k8s.io/skip-remediation | | MachineFailed w1 Due | Defer ReplaceMachine w1
      failed and first to go | w1 failure UpdateError; w1 annotated cluster.x-k8s.io/delete-machine | | MachineFailed w1 Due | Defer ReplaceMachine w1
      failed in a paused cluster | w1 failure UpdateError; c paused | | |
      failed in a cluster paused by its spec | w1 failure UpdateError; c suspended | | |
      failed in a cluster that goes | w1 failure UpdateError; c deleted | | |
      failed and nobody would make a new one | w1 failure UpdateError; w1 without controller | | MachineFailed w1 Due | Manual None w1
      being deleted | w1 deleted 59m | | |
      deleted for too long | w1 deleted 60m | | MachineDeletionStuck w1 Due | Manual None w1
      may be deleted longer | w1 deleted 60m | machineDeletionTimeout: '2h' | |
      silent for a moment | node w1 Ready=Unknown@4m59s | | NodeNotReady w1 Pending |
      silent for long | node w1 Ready=Unknown@5m | | NodeNotReady w1 Due | Propose ReplaceNode w1
      may be silent longer | node w1 Ready=Unknown@5m | nodeNotReadyThreshold: '6m' | NodeNotReady w1 Pending |
      not Ready for a moment | node w1 Ready=False@4m59s | | NodeNotReady w1 Pending |
      not Ready for long | node w1 Ready=False@5m | | NodeNotReady w1 Due | Propose ReplaceNode w1
      says nothing of itself | node w1 mute | | |
      Ready again | node w1 Ready=True@1s | | |
      under pressure for a while | node w1 MemoryPressure=True@14m59s | | NodePressure w1 Pending |
      under pressure for long, its pods not looked at | node w1 MemoryPressure=True@15m | | NodePressure w1 Due | Manual None w1
      nobody knows of pressure | node w1 MemoryPressure=Unknown@1h | | |
      silent for a moment, under pressure for long | node w1 Ready=Unknown@4m; node w1 DiskPressure=True@1h | | NodeNotReady w1 Pending |
      a condition that only a health check knows | node w1 ReadonlyFilesystem=True@1h; check ReadonlyFilesystem=True@5m | | |
      its Node is gone | node w1 gone | | MachineNodeMissing w1 Due | Propose ReplaceMachine w1
      the Node of a young one is gone | node w1 gone; w1 since 5m | | MachineNodeMissing w1 Pending |
      its Node went with it | node w1 gone; w1 deleted 5m | | |
      its Node falls silent while it goes | node w1 Ready=Unknown@1h; w1 deleted 5m | | |
      marked to be remediated, and well | w1 annotated cluster.x-k8s.io/remediate-machine; check Ready=Unknown@5m | | |
      marked to be remediated, and nobody looks | w1 annotated cluster.x-k8s.io/remediate-machine; w1 failure UpdateError | | MachineFailed w1 Due | Propose ReplaceMachine w1
      a check will see to it | node w1 Ready=Unknown@6m; check Ready=Unknown@5m | | NodeNotReady w1 Due | Defer ReplaceNode w1
      a check should have seen to it | node w1 Ready=Unknown@10m; check Ready=Unknown@5m | | NodeNotReady w1 Due | Propose ReplaceNode w1
      a check is more patient | node w1 Ready=Unknown@6m; check Ready=Unknown@30m | | NodeNotReady w1 Due | Defer ReplaceNode w1
      a check looks for another status | node w1 Ready=Unknown@6m; check Ready=False@5m | | NodeNotReady w1 Due | Propose ReplaceNode w1
      a check has a time for each status | node w1 Ready=False@12m; check Ready=Unknown@30m; check Ready=False@10m | | NodeNotReady w1 Due | Defer ReplaceNode w1
      a check has a time for each status, and the other's is over | node w1 Ready=False@30m; check Ready=Unknown@30m; check Ready=False@10m | | NodeNotReady w1 Due | Propose ReplaceNode w1
      a check looks for another condition | node w1 Ready=Unknown@6m; check DiskPressure=True@1m | | NodeNotReady w1 Due | Propose ReplaceNode w1
      a check looks at the Machine | node w1 Ready=Unknown@6m; w1 NodeHealthy=Unknown@6m; check machine NodeHealthy=Unknown@5m | | NodeNotReady w1 Due | Defer ReplaceNode w1
      a check is for others | node w1 Ready=Unknown@6m; check Ready=Unknown@5m; check selects b | | NodeNotReady w1 Due | Propose ReplaceNode w1
      a check is our own | node w1 Ready=Unknown@6m; check Ready=Unknown@5m; check approves | | NodeNotReady w1 Due | Propose ReplaceNode w1
      a check is short-circuited | node w1 Ready=Unknown@6m; check Ready=Unknown@5m; check short-circuited | | NodeNotReady w1 Due | Propose ReplaceNode w1
      a check has marked it and is short-circuited | node w1 Ready=Unknown@6m; w1 HealthCheckSucceeded=False@1m; check Ready=Unknown@5m; check short-circuited | | NodeNotReady w1 Due | Propose ReplaceNode w1
      a check has marked it | node w1 Ready=Unknown@12m; w1 HealthCheckSucceeded=False@4m; check Ready=Unknown@5m | | NodeNotReady w1 Due | Defer ReplaceNode w1
      a check has marked it and nothing came of it | node w1 Ready=Unknown@12m; w1 HealthCheckSucceeded=False@5m; check Ready=Unknown@5m | | NodeNotReady w1 Due | Propose ReplaceNode w1
      a check has marked it well | node w1 Ready=Unknown@12m; w1 HealthCheckSucceeded=True@1m; check Ready=Unknown@5m | | NodeNotReady w1 Due | Propose ReplaceNode w1
      a check is paused | node w1 Ready=Unknown@6m; check Ready=Unknown@5m; check paused | | NodeNotReady w1 Due | Propose ReplaceNode w1
      a check is being deleted | node w1 Ready=Unknown@6m; check Ready=Unknown@5m; check deleted | | NodeNotReady w1 Due | Propose ReplaceNode w1
      a check waits ten minutes for a Node if it says nothing | w1 without Node; w1 since 24m; check Ready=Unknown@5m | | MachineNotRunning w1 Due | Propose ReplaceMachine w1
      a check waits as long for a Node | w1 without Node; w1 since 24m; check starts 20m | | MachineNotRunning w1 Due | Defer ReplaceMachine w1
      a check waits for a Node for ever | w1 without Node; w1 since 24m; check starts 0s | | MachineNotRunning w1 Due | Propose ReplaceMachine w1
      a check sees that the Node is gone | node w1 gone; check Ready=Unknown@5m | | MachineNodeMissing w1 Due | Defer ReplaceMachine w1
      a check saw long ago that the Node is gone | node w1 gone; w1 NodeHealthy=False@6m; check Ready=Unknown@5m | | MachineNodeMissing w1 Due | Propose ReplaceMachine w1
      too many at once | w1 failure UpdateError; w2 failure UpdateError | | MachineFailed w1 Due, MachineFailed w2 Due | Manual None md
      not too many by policy | w1 failure UpdateError; w2 failure UpdateError | maxUnhealthy: '70%' | MachineFailed w1 Due, MachineFailed w2 Due | Propose ReplaceMachine w1, Propose ReplaceMachine w2
      a number instead of a share | w1 failure UpdateError; w2 failure UpdateError | maxUnhealthy: 1 | MachineFailed w1 Due, MachineFailed w2 Due | Manual None c
      one that goes counts as well | w1 failure UpdateError; w2 deleted 5m | | MachineFailed w1 Due | Manual None md
      a paused deployment | w1 failure UpdateError; md paused | | MachineFailed w1 Due | Defer ReplaceMachine w1
      a deployment paused by its spec | w1 failure UpdateError; md suspended | | MachineFailed w1 Due | Defer ReplaceMachine w1
      a paused set | w1 failure UpdateError; ms paused | | MachineFailed w1 Due | Defer ReplaceMachine w1
      an old one in a rollout | w1 failure UpdateError; md rolling; w1 UpToDate=False@1h | | MachineFailed w1 Due | Defer ReplaceMachine w1
      a new one in a rollout | w1 failure UpdateError; md rolling; w1 UpToDate=True@1h | | MachineFailed w1 Due | Propose ReplaceMachine w1
      an old one in a rollout that waits for its deletion | w1 failure UpdateError; md rolling; md on-delete; w1 UpToDate=False@1h | | MachineFailed w1 Due | Propose ReplaceMachine w1
      an old set that makes none, its deployment does | w1 failure UpdateError; md on-delete; ms annotated cluster.x-k8s.io/disable-machine-create true | | MachineFailed w1 Due | Propose ReplaceMachine w1
      a set of its own that makes none | w1 failure UpdateError; w1 without deployment; ms annotated cluster.x-k8s.io/disable-machine-create true | | MachineFailed w1 Due | Defer ReplaceMachine w1
      a set of its own that makes some | w1 failure UpdateError; w1 without deployment; ms annotated cluster.x-k8s.io/disable-machine-create false | | MachineFailed w1 Due | Propose ReplaceMachine w1
      its Node is down while it is updated in place | node w1 Ready=False@10m; w1 Updating=True@19m | | |
      its Node is down, and the update does not end | node w1 Ready=False@10m; w1 Updating=True@20m | | NodeNotReady w1 Due | Defer ReplaceNode w1
      updated in place | w1 failure UpdateError; w1 Updating=True@1m | | MachineFailed w1 Due | Defer ReplaceMachine w1
      a member fell silent | node cp1 Ready=Unknown@6m; kcp ready 2 | | ControlPlaneUnhealthy kcp Pending, NodeNotReady cp1 Due | Propose ReplaceMachine cp1
      a member fell silent and another is not known to be well | node cp1 Ready=Unknown@6m; kcp ready 2; cp2 EtcdMemberHealthy=Unknown@1m | | ControlPlaneUnhealthy kcp Pending, NodeNotReady cp1 Due | Manual None cp1
      a member fell silent and another starts | node cp1 Ready=Unknown@6m; kcp ready 2; cp2 without Node; cp2 since 5m | | NodeNotReady cp1 Due | Defer ReplaceMachine cp1
      a member failed | cp1 failure UpdateError | | MachineFailed cp1 Due | Propose ReplaceMachine cp1
      a member failed of one never initialized | cp1 failure UpdateError; kcp uninitialized | | ControlPlaneUnhealthy kcp Due, MachineFailed cp1 Due | Manual None cp1
      """;

  static Stream<Arguments> cases() {
    return CASES
        .lines()
        .flatMap(
            line ->
                Stream.of(Written.Contract.values())
                    .map(contract -> Arguments.of(contract, line.split("\\|", -1))));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void theVerdictIsTheSameInEitherContract(Written.Contract contract, String[] line) {
    Plan plan =
        Planner.plan(
            Policies.policy(line[2].strip()),
            new Fleet(List.of(Written.of(contract, line[1]))),
            Ledger.empty(),
            Sample.NOW);

    assertThat(findings(plan)).as(line[0]).isEqualTo(line[3].strip());
    assertThat(decisions(plan)).as(line[0]).isEqualTo(line[4].strip());
  }

  private static String findings(Plan plan) {
    return plan.findings().stream()
        .map(
            v ->
                v.finding().reason()
                    + " "
                    + v.finding().object().name()
                    + (v.due() ? " Due" : " Pending"))
        .collect(Collectors.joining(", "));
  }

  private static String decisions(Plan plan) {
    return plan.decisions().stream()
        .map(
            d ->
                d.getClass().getSimpleName()
                    + " "
                    + d.act().action()
                    + " "
                    + d.act().target().name())
        .collect(Collectors.joining(", "));
  }
}
