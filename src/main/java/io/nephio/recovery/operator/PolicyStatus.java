package io.nephio.recovery.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.nephio.recovery.api.ClusterPolicyStatus;
import io.nephio.recovery.api.ClusterPolicyStatus.Attention;
import io.nephio.recovery.api.ClusterPolicyStatus.Breaker;
import io.nephio.recovery.api.ClusterPolicyStatus.ClusterState;
import io.nephio.recovery.api.ClusterPolicyStatus.Summary;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.execute.Actions;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.plan.ClusterState.State;
import io.nephio.recovery.plan.Decision;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.Plan;
import io.nephio.recovery.plan.Planner;
import io.nephio.recovery.plan.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a pass concluded, as the policy's status tells it. The same conclusion gives the same
 * status, so that nothing is written when nothing changed.
 */
record PolicyStatus(Policy policy, ClusterPolicyStatus before, Ledger ledger, Instant at) {

  /** While clusters cannot be seen, what was last known of them stands. */
  ClusterPolicyStatus blind(List<Condition> conditions) {
    return new ClusterPolicyStatus(
        policy.generation(), conditions, before.summary(), before.clusters(), before.attention());
  }

  /**
   * After a pass.
   *
   * @param held why proposals are not written down now; empty if they are
   */
  ClusterPolicyStatus of(
      Plan plan, Fleet fleet, List<Condition> conditions, Optional<String> held) {
    List<Attention> attention = new ArrayList<>();
    for (Decision decision : plan.decisions()) {
      attention(decision, held).ifPresent(attention::add);
    }
    return new ClusterPolicyStatus(
        policy.generation(),
        conditions,
        summary(plan),
        fleet.all().stream().map(c -> state(c, plan)).toList(),
        attention);
  }

  private Summary summary(Plan plan) {
    long degraded = plan.clusters().stream().filter(c -> isDegraded(c.state())).count();
    long manual = plan.decisions().stream().filter(Decision.Manual.class::isInstance).count();
    return new Summary(
        plan.clusters().size(),
        (int) degraded,
        count(Phase.Proposed),
        count(Phase.Executing) + count(Phase.WaitingForSync) + count(Phase.Verifying),
        (int) manual);
  }

  private static boolean isDegraded(State state) {
    return switch (state) {
      case Healthy, Paused, Deleting -> false;
      default -> true;
    };
  }

  private int count(Phase phase) {
    return (int)
        ledger.entries().stream()
            .filter(this::ours)
            .filter(e -> e.status().phase() == phase)
            .count();
  }

  private boolean ours(LedgerEntry entry) {
    return entry.spec().policy().namespace().equals(policy.namespace())
        && entry.spec().policy().name().equals(policy.name());
  }

  private ClusterState state(Cluster cluster, Plan plan) {
    String state =
        plan.clusters().stream()
            .filter(c -> c.cluster().equals(cluster.ref()))
            .findFirst()
            .map(c -> c.state().name())
            .orElse(State.Unknown.name());
    Optional<ClusterState> old = old(before, cluster);
    return new ClusterState(
        cluster.ref().namespace(),
        cluster.ref().name(),
        state,
        old.filter(o -> o.state().equals(state)).map(ClusterState::since).orElse(at),
        identity(before, cluster).orElse(cluster.kubeSystemUid()),
        breaker(cluster, old));
  }

  /** As first seen. Nothing undoes a deletion: what is no longer being deleted was made anew. */
  static Optional<String> identity(ClusterPolicyStatus status, Cluster cluster) {
    return old(status, cluster)
        .filter(o -> cluster.deleting() || !o.state().equals(State.Deleting.name()))
        .map(ClusterState::kubeSystemUid)
        .filter(uid -> !uid.isEmpty());
  }

  static Optional<ClusterState> old(ClusterPolicyStatus status, Cluster cluster) {
    return status.clusters().stream()
        .filter(
            c ->
                c.namespace().equals(cluster.ref().namespace())
                    && c.name().equals(cluster.ref().name()))
        .findFirst();
  }

  private Breaker breaker(Cluster cluster, Optional<ClusterState> old) {
    var now = Planner.breaker(cluster, policy.spec(), at);
    if (!now.open()) {
      return Breaker.CLOSED;
    }
    Instant since =
        old.map(ClusterState::breaker).filter(Breaker::open).map(Breaker::since).orElse(at);
    return new Breaker(true, now.text(), since, null);
  }

  private static Optional<Attention> attention(Decision decision, Optional<String> held) {
    String cluster = decision.incident().cluster().ref().toString();
    var root = decision.incident().root();
    if (decision instanceof Decision.Propose) {
      return unwritten(decision, held)
          .map(
              why ->
                  new Attention(
                      cluster,
                      decision.act().target().toString(),
                      root.reason().name(),
                      "Defer",
                      why,
                      root.since(),
                      null));
    }
    boolean deferred = decision instanceof Decision.Defer;
    Instant retryAt =
        decision instanceof Decision.Defer defer ? defer.retryAt().orElse(null) : null;
    return Optional.of(
        new Attention(
            cluster,
            decision.act().target().toString(),
            root.reason().name(),
            deferred ? "Defer" : "Manual",
            decision.why(),
            root.since(),
            retryAt));
  }

  /** Why a proposal is not written down, if so. */
  private static Optional<String> unwritten(Decision decision, Optional<String> held) {
    Cluster cluster = decision.incident().cluster();
    if (Actions.carriesOut(decision.act(), cluster)) {
      return held;
    }
    String where = cluster.isManagement() ? " in the management cluster" : "";
    return Optional.of(
        decision.act().action() + where + " is not carried out by this version; " + decision.why());
  }
}
