package io.nephio.recovery.lifecycle;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.api.FailureClass;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Elapsed;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.Reach;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Judges;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether what a remediation is about still fails, and afterwards whether it helped.
 *
 * <p>Healthy takes a Node that says so. That nothing is found is no proof: the cluster may be
 * paused, out of reach, or not looked at.
 */
public final class Diagnosis {
  private Diagnosis() {}

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
    Optional<Health> wrong = wrong(spec, cluster);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    Optional<Machine> machine = machine(spec, cluster);
    if (machine.isEmpty() || machine.get().deleting()) {
      return new Health.Gone();
    }
    List<Finding> findings =
        Judges.judge(cluster, policy, at).stream()
            .filter(f -> about(f, spec, cluster, machine.get()))
            .toList();
    if (findings.stream().anyMatch(f -> !overdue || f.isDue(at))) {
      return new Health.Failing();
    }
    if (!findings.isEmpty()) {
      Finding pending = findings.get(0);
      return new Health.Unseen(
          pending.reason()
              + " for "
              + Elapsed.text(Duration.between(pending.since(), at))
              + " only, its threshold is not crossed");
    }
    return node(machine.get(), cluster);
  }

  /** Where crashes on a Node are what it is replaced for, they are its failure too. */
  private static boolean about(
      Finding finding, RemediationSpec spec, Cluster cluster, Machine machine) {
    boolean crashes = spec.failureClass() == FailureClass.Crash && finding.reason().ofPod();
    return crashes
        ? machine.node().filter(finding.nodes()::contains).isPresent()
        : cluster.machineOf(finding.object()).filter(machine::equals).isPresent();
  }

  /** What has come in place of the Machine that was deleted at {@code startedAt} or later. */
  public static Health replacement(RemediationSpec spec, Instant startedAt, Cluster cluster) {
    Optional<Health> wrong = wrong(spec, cluster);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    List<Health> states =
        cluster.machines().stream()
            .filter(m -> sameOwner(m, spec) && !m.deleting())
            .filter(m -> !m.created().isBefore(startedAt))
            .map(m -> node(m, cluster))
            .toList();
    return states.stream()
        .filter(Health.Healthy.class::isInstance)
        .findFirst()
        .or(() -> states.stream().findFirst())
        .map(h -> h instanceof Health.Unseen && reached(cluster) ? new Health.Failing() : h)
        .orElseGet(Health.Failing::new);
  }

  private static Optional<Health> wrong(RemediationSpec spec, Cluster cluster) {
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

  private static Optional<Machine> machine(RemediationSpec spec, Cluster cluster) {
    return Optional.ofNullable(spec.machine())
        .flatMap(
            named ->
                cluster.machines().stream()
                    .filter(m -> m.ref().uid().equals(named.uid()))
                    .findFirst());
  }

  private static boolean sameOwner(Machine machine, RemediationSpec spec) {
    RemediationSpec.Owner owner = spec.owner();
    return owner != null
        && machine
            .owner()
            .filter(o -> o.kind().equals(owner.kind()) && o.name().equals(owner.name()))
            .isPresent();
  }

  private static Health node(Machine machine, Cluster cluster) {
    if (!reached(cluster)) {
      return new Health.Unseen("the Nodes of " + cluster.ref() + " cannot be read");
    }
    Optional<Node> node =
        machine
            .node()
            .flatMap(
                name ->
                    cluster.nodes().items().stream()
                        .filter(n -> n.ref().name().equals(name))
                        .findFirst());
    return node.filter(Node::isReady).isPresent()
        ? new Health.Healthy()
        : new Health.Unseen("no Ready Node of " + machine.ref() + " is seen");
  }

  private static boolean reached(Cluster cluster) {
    return cluster.reach() instanceof Reach.Reached && cluster.nodes() instanceof Known.Seen;
  }
}
