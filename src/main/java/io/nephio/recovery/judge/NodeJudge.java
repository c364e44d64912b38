package io.nephio.recovery.judge;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Section C of the recovery flow: a Node that is not Ready for longer than {@code
 * nodeNotReadyThreshold}.
 *
 * <p>Only a Ready condition that says False or Unknown is evidence. A Node whose Machine is being
 * deleted goes down as it should.
 */
final class NodeJudge implements Judge {

  @Override
  public List<Finding> judge(Cluster cluster, ClusterPolicySpec policy, Instant at) {
    if (!(cluster.reach() instanceof Reach.Reached)) {
      return List.of();
    }
    return cluster.nodes().items().stream()
        .filter(n -> !n.deleting() && !n.isReady())
        .filter(n -> cluster.machineOf(n.ref()).filter(Machine::deleting).isEmpty())
        .flatMap(n -> n.ready().map(c -> notReady(cluster, n, c, policy, at)).stream())
        .toList();
  }

  private static Finding notReady(
      Cluster cluster, Node node, Condition ready, ClusterPolicySpec policy, Instant at) {
    Instant since = Judges.notLater(ready.since().orElse(at), at);
    Duration threshold = policy.nodeNotReadyThreshold().duration();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        new Evidence(node.ref().toString(), ready.shortly(), ready.reason(), ready.since()));
    Optional<Machine> machine = cluster.machineOf(node.ref());
    machine
        .flatMap(m -> m.condition("NodeHealthy"))
        .filter(c -> c.status() != Condition.Status.True)
        .ifPresent(
            c ->
                evidence.add(
                    new Evidence(
                        machine.get().ref().toString(), c.shortly(), c.reason(), c.since())));
    return new Finding(
        cluster.ref(),
        node.ref(),
        Reason.NodeNotReady,
        since,
        since.plus(threshold),
        evidence,
        "Node is not Ready ("
            + ready.shortly()
            + (ready.reason().isEmpty() ? "" : ", " + ready.reason())
            + "); threshold "
            + policy.nodeNotReadyThreshold().text());
  }
}
