package io.nephio.recovery.judge;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Section A1 of the recovery flow, and whether the cluster's API server answers at all.
 *
 * <p>A cluster that cannot be asked is unknown, not failed: one finding says so, and nothing is
 * concluded about its nodes.
 */
final class ClusterJudge implements Judge {

  @Override
  public List<Finding> judge(Cluster cluster, ClusterPolicySpec policy, Instant at) {
    List<Finding> findings = new ArrayList<>();
    cluster
        .infrastructureReady()
        .filter(c -> c.status() == Condition.Status.False)
        .ifPresent(c -> findings.add(infrastructure(cluster, c, at)));
    if (cluster.reach() instanceof Reach.Unreachable reach) {
      findings.add(
          reach(
              cluster,
              Reason.ClusterUnreachable,
              Judges.notLater(reach.since(), at),
              policy.controlPlaneTimeout().duration(),
              "the API server does not answer: " + reach.text()));
    }
    if (cluster.reach() instanceof Reach.CredentialProblem reach) {
      findings.add(
          reach(
              cluster,
              Reason.CredentialProblem,
              Judges.notLater(reach.since(), at),
              Duration.ZERO,
              "the API server refuses the kubeconfig: " + reach.text()));
    }
    return findings;
  }

  private static Finding infrastructure(Cluster cluster, Condition condition, Instant at) {
    Instant since = Judges.notLater(condition.since().orElse(at), at);
    String text = condition.message().isEmpty() ? condition.reason() : condition.message();
    return new Finding(
        cluster.ref(),
        cluster.object(),
        Reason.InfraUnready,
        since,
        since,
        List.of(
            new Evidence(
                cluster.object().toString(),
                condition.shortly(),
                condition.reason(),
                condition.since())),
        "the infrastructure is not ready" + (text.isEmpty() ? "" : ": " + text));
  }

  private static Finding reach(
      Cluster cluster, Reason reason, Instant since, Duration threshold, String message) {
    return new Finding(
        cluster.ref(),
        cluster.object(),
        reason,
        since,
        since.plus(threshold),
        List.of(
            new Evidence(
                cluster.object().toString(), "reachable=False", reason.name(), Optional.of(since))),
        message);
  }
}
