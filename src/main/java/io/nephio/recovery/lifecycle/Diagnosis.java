package io.nephio.recovery.lifecycle;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Elapsed;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Judges;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether what a remediation is about still fails, and afterwards whether it helped.
 *
 * <p>Healthy takes an object that says so. That nothing is found is no proof: the cluster may be
 * paused, out of reach, or not looked at.
 */
public final class Diagnosis {
  private final RemediationSpec spec;
  private final Cluster cluster;
  private final ClusterPolicySpec policy;
  private final Instant at;

  private Diagnosis(RemediationSpec spec, Cluster cluster, ClusterPolicySpec policy, Instant at) {
    this.spec = spec;
    this.cluster = cluster;
    this.policy = policy;
    this.at = at;
  }

  /**
   * The target before the act.
   *
   * @param overdue whether a failure counts only once its threshold is crossed, which is what an
   *     act needs; else it counts from its beginning, which is what ends a recovery
   */
  public static Health target(
      RemediationSpec spec,
      Cluster cluster,
      ClusterPolicySpec policy,
      boolean overdue,
      Instant at) {
    Diagnosis diagnosis = new Diagnosis(spec, cluster, policy, at);
    return diagnosis.wrong().orElseGet(() -> diagnosis.before(overdue));
  }

  /** What has become of it by the act that began at {@code startedAt}. */
  public static Health replacement(
      RemediationSpec spec,
      Instant startedAt,
      Cluster cluster,
      ClusterPolicySpec policy,
      Instant at) {
    Diagnosis diagnosis = new Diagnosis(spec, cluster, policy, at);
    return diagnosis.wrong().orElseGet(() -> diagnosis.after(startedAt));
  }

  private Health before(boolean overdue) {
    Subject subject = Subject.of(spec, cluster, policy, at);
    if (subject.unseen().isPresent()) {
      return new Health.Unseen(subject.unseen().get());
    }
    if (subject.gone()) {
      return new Health.Gone();
    }
    List<Finding> findings = findings(subject);
    if (findings.stream().anyMatch(f -> !overdue || f.isDue(at))) {
      return new Health.Failing();
    }
    return findings.stream().findFirst().map(this::pending).orElseGet(subject::state);
  }

  private Health pending(Finding finding) {
    return new Health.Unseen(
        finding.reason()
            + " for "
            + Elapsed.text(Duration.between(finding.since(), at))
            + " only, its threshold is not crossed");
  }

  private Health after(Instant startedAt) {
    Subject subject = Subject.of(spec, cluster, policy, at);
    return subject
        .unseen()
        .<Health>map(Health.Unseen::new)
        .orElseGet(() -> subject.after(startedAt, findings(subject)));
  }

  private List<Finding> findings(Subject subject) {
    return Judges.judge(cluster, policy, at).stream().filter(subject::concerns).toList();
  }

  private Optional<Health> wrong() {
    String uid = spec.cluster().uid();
    if (differ(uid, cluster.object().uid())) {
      return Optional.of(
          new Health.WrongCluster(
              "Cluster " + cluster.ref() + " was made anew since; its uid was " + uid));
    }
    if (differ(spec.cluster().kubeSystemUid(), cluster.kubeSystemUid())) {
      return Optional.of(
          new Health.WrongCluster(
              "the kubeconfig of " + cluster.ref() + " now leads to another cluster"));
    }
    return Optional.empty();
  }

  private static boolean differ(String one, String other) {
    return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
  }
}
