package io.nephio.recovery.judge;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.InfraCluster;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.ObjectRef;
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
 * concluded about its nodes. Infrastructure that is being made for the first time is not failing
 * yet, but what is below it waits.
 */
final class ClusterJudge implements Judge {

  @Override
  public List<Finding> judge(Scene scene) {
    List<Finding> findings = new ArrayList<>();
    infrastructure(scene).ifPresent(findings::add);
    Reach reach = scene.cluster().reach();
    Duration timeout = scene.policy().controlPlaneTimeout().duration();
    if (reach instanceof Reach.Unreachable r) {
      String text = "the API server does not answer: " + r.text();
      findings.add(reach(scene, Reason.ClusterUnreachable, r.since(), timeout, text));
    }
    if (reach instanceof Reach.CredentialProblem r) {
      String text = "the API server refuses the kubeconfig: " + r.text();
      findings.add(reach(scene, Reason.CredentialProblem, r.since(), Duration.ZERO, text));
    }
    if (reach instanceof Reach.NotTried) {
      probe(scene)
          .ifPresent(
              c -> {
                String text = "Cluster API cannot reach the API server: " + text(c);
                Instant since = c.since().orElse(scene.at());
                findings.add(reach(scene, Reason.ClusterUnreachable, since, timeout, text));
              });
    }
    return findings;
  }

  /** What Cluster API found when it tried; asked only when we did not try ourselves. */
  private static Optional<Condition> probe(Scene scene) {
    return Condition.find(scene.cluster().management().conditions(), "RemoteConnectionProbe")
        .filter(c -> c.status() == Condition.Status.False)
        .filter(c -> scene.cluster().management().controlPlaneInitialized().orElse(true));
  }

  private static Optional<Finding> infrastructure(Scene scene) {
    Cluster cluster = scene.cluster();
    Optional<Condition> says =
        cluster.infrastructureReady().filter(c -> c.status() == Condition.Status.False);
    if (says.isPresent()) {
      return Optional.of(unready(scene, cluster.object(), says, text(says.get())));
    }
    if (!(cluster.management().infra() instanceof Known.Seen<InfraCluster> seen)) {
      return Optional.empty();
    }
    if (seen.items().isEmpty()) {
      return Optional.of(
          unready(
              scene, cluster.object(), Optional.empty(), "what infrastructureRef names is gone"));
    }
    InfraCluster infra = seen.items().get(0);
    Optional<Condition> bad = infra.ready().filter(c -> c.status() == Condition.Status.False);
    return bad.isPresent() || !infra.provisioned().orElse(true)
        ? Optional.of(
            unready(scene, infra.ref(), bad, infra.ref() + bad.map(c -> ": " + text(c)).orElse("")))
        : Optional.empty();
  }

  private static Finding unready(
      Scene scene, ObjectRef object, Optional<Condition> condition, String text) {
    Instant since = scene.notLater(condition.flatMap(Condition::since).orElse(scene.at()));
    Optional<Instant> made = scene.cluster().management().created();
    boolean first =
        made.isPresent()
            && scene.cluster().management().infra().items().stream()
                .noneMatch(i -> i.provisioned().orElse(true))
            && !scene.cluster().management().controlPlaneInitialized().orElse(false);
    Duration wait = first ? scene.policy().controlPlaneTimeout().duration() : Duration.ZERO;
    return new Finding(
        scene.cluster().ref(),
        scene.cluster().object(),
        Reason.InfraUnready,
        since,
        since.plus(wait),
        condition
            .map(c -> new Evidence(object.toString(), c.shortly(), c.reason(), c.since()))
            .stream()
            .toList(),
        "the infrastructure is not ready" + (text.isEmpty() ? "" : ": " + text));
  }

  private static String text(Condition condition) {
    return condition.message().isEmpty() ? condition.reason() : condition.message();
  }

  private static Finding reach(
      Scene scene, Reason reason, Instant since, Duration threshold, String message) {
    ObjectRef object = scene.cluster().object();
    Instant began = scene.notLater(since);
    return new Finding(
        scene.cluster().ref(),
        object,
        reason,
        began,
        began.plus(threshold),
        List.of(
            new Evidence(object.toString(), "reachable=False", reason.name(), Optional.of(began))),
        message);
  }
}
