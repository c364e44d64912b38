package io.nephio.recovery.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus.Execution;
import io.nephio.recovery.execute.Actions;
import io.nephio.recovery.execute.Engines;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.lifecycle.Diagnosis;
import io.nephio.recovery.lifecycle.Gate;
import io.nephio.recovery.lifecycle.Gates;
import io.nephio.recovery.lifecycle.Health;
import io.nephio.recovery.lifecycle.Progress;
import io.nephio.recovery.lifecycle.Pull;
import io.nephio.recovery.lifecycle.Receipt;
import io.nephio.recovery.lifecycle.Seen;
import io.nephio.recovery.lifecycle.Sync;
import io.nephio.recovery.observe.live.Fresh;
import io.nephio.recovery.observe.live.LiveFleet;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gathers what the next step of a remediation depends on, and asks nothing that its phase ignores.
 *
 * <p>While people decide, the watches are good enough. From the merge on, everything is read anew.
 */
final class Inspection {
  static final Duration LONGEST_POLL = Duration.ofSeconds(15);
  private static final String TAKEN_BACK = "what was done has been taken back by somebody else";
  private static final Health NOT_ASKED = new Health.Unseen("not asked");

  private final LiveFleet fleet;
  private final GitAccess git;
  private final LedgerStore ledger;
  private final Actions actions;
  private final Sources sources;
  private final Policies policies;
  private final Optional<Policy> policy;
  private final ClusterPolicySpec rules;
  private final LedgerEntry entry;
  private final Instant at;
  private final Seen.Pace pace;

  private Inspection(Sources sources, Policies policies, LedgerEntry entry, Instant at) {
    fleet = sources.fleet();
    git = sources.git();
    ledger = sources.ledger();
    actions = sources.actions();
    this.sources = sources;
    this.policies = policies;
    this.entry = entry;
    this.at = at;
    policy = policies.of(entry);
    rules = policy.map(Policy::spec).orElseGet(ClusterPolicySpec::defaults);
    pace = pace(rules);
  }

  /** Where to ask. */
  record Sources(
      KubernetesClient management,
      LiveFleet fleet,
      GitAccess git,
      LedgerStore ledger,
      Actions actions,
      Engines engines,
      Ground ground) {}

  static Seen of(Sources sources, Policies policies, LedgerEntry entry, Instant at) {
    return new Inspection(sources, policies, entry, at).seen();
  }

  private Seen seen() {
    if (isCorrupt()) {
      return only(new Pull.NotLooked());
    }
    return switch (entry.status().phase()) {
      case Detected, Proposed -> whilePeopleDecide();
      case Approved -> beforeTheAct(new Progress.NotStarted());
      case Executing -> executing();
      case WaitingForSync -> syncing();
      case Verifying -> afterTheAct();
      case Rejected -> only(pull());
      case Succeeded, Failed, Unknown, Healed, Superseded, Expired, Refused ->
          only(new Pull.NotLooked());
    };
  }

  /** Somebody else wrote the status; what to make of it is not decided here. */
  private boolean isCorrupt() {
    boolean unapproved = entry.status().approval() == null;
    boolean unbegun = entry.status().execution() == null;
    return switch (entry.status().phase()) {
      case Approved -> unapproved;
      case Executing -> unapproved || unbegun;
      case WaitingForSync, Verifying -> unbegun;
      default -> false;
    };
  }

  private Seen whilePeopleDecide() {
    Fresh cluster = fleet.watched(Ledger.cluster(entry.spec()), at);
    Health health = health(cluster, c -> Diagnosis.target(entry.spec(), c, rules, false, at));
    return new Seen(
        pull(),
        health,
        entry.status().phase() == Phase.Proposed
            ? gate(health, cluster, ledger.lately())
            : new Gate.Free(),
        new Progress.NotStarted(),
        new Receipt.None(),
        new Sync.NoEngine(),
        gone(cluster),
        pace);
  }

  private Seen executing() {
    Progress progress =
        actions
            .of(entry.spec())
            .map(a -> a.progress(entry))
            .orElseGet(() -> new Progress.Unreadable("this version does not do that"));
    boolean open =
        progress instanceof Progress.NotStarted
            || progress instanceof Progress.Partly
            || progress instanceof Progress.Asked
            || progress instanceof Progress.Stopped;
    return open ? beforeTheAct(progress) : only(new Pull.NotLooked(), NOT_ASKED, progress);
  }

  private Seen beforeTheAct(Progress progress) {
    Fresh cluster = fresh();
    Health health = health(cluster, c -> Diagnosis.target(entry.spec(), c, rules, true, at));
    Sync sync =
        entry.status().phase() == Phase.Approved
            ? sources.engines().sync(entry)
            : new Sync.NoEngine();
    return new Seen(
        pull(),
        health,
        gate(health, cluster, ledger.all()),
        progress,
        receipt(),
        sync,
        gone(cluster),
        pace);
  }

  private Seen syncing() {
    return new Seen(
        pull(),
        NOT_ASKED,
        new Gate.Free(),
        new Progress.NotStarted(),
        new Receipt.None(),
        sources.engines().sync(entry),
        false,
        pace);
  }

  private Gate gate(Health health, Fresh cluster, Ledger known) {
    return health instanceof Health.Failing && cluster instanceof Fresh.Found found
        ? new Gates(found.cluster(), rules, sources.ground().home(), pace.poll(), at)
            .gate(entry, known)
        : new Gate.Free();
  }

  private Seen afterTheAct() {
    Execution execution =
        Objects.requireNonNull(entry.status().execution(), "an execution was begun");
    return only(
        new Pull.NotLooked(),
        health(
            fresh(), c -> Diagnosis.replacement(entry.spec(), execution.startedAt(), c, rules, at)),
        isLeft() ? new Progress.Happened() : new Progress.Stopped(TAKEN_BACK));
  }

  /** Of what leaves a mark, and only where the operator made it. */
  private boolean isLeft() {
    boolean marked =
        switch (entry.spec().action()) {
          case RestartRollout, ReapplyCrd ->
              entry.status().history().stream().anyMatch(t -> t.phase() == Phase.Executing);
          default -> false;
        };
    return !marked
        || actions
            .of(entry.spec())
            .map(a -> a.progress(entry))
            .filter(p -> p instanceof Progress.NotStarted || p instanceof Progress.Stopped)
            .isEmpty();
  }

  /** Of this alone; the rest is not asked. */
  private Seen only(Pull pull, Health health, Progress progress) {
    return new Seen(
        pull,
        health,
        new Gate.Free(),
        progress,
        new Receipt.None(),
        new Sync.NoEngine(),
        false,
        pace);
  }

  private Seen only(Pull pull) {
    return only(pull, NOT_ASKED, new Progress.NotStarted());
  }

  /** A policy that no longer selects the cluster does not ask for it either. */
  private boolean gone(Fresh cluster) {
    return policy.isEmpty()
        || (cluster instanceof Fresh.Found found && !policies.acts(policy.get(), found.cluster()));
  }

  private Pull pull() {
    if (entry.status().proposal() == null) {
      return new Pull.NotLooked();
    }
    return git.open()
        .map(forge -> new PullLook(forge).at(entry), p -> new Pull.Unreadable(p.message()));
  }

  private Receipt receipt() {
    if (entry.status().proposal() == null || entry.status().approval() == null) {
      return new Receipt.Unreadable("the ledger names no merge commit");
    }
    return git.open()
        .map(
            forge -> new Receipts(forge, entry).look(),
            problem -> new Receipt.Unreadable(problem.message()));
  }

  private Fresh fresh() {
    RemediationSpec.Target target = entry.spec().target();
    Optional<ObjectRef> inside =
        switch (entry.spec().action()) {
          case DeletePod, RestartRollout, ReapplyCrd ->
              Optional.of(
                  new ObjectRef(
                      target.apiVersion(),
                      target.kind(),
                      target.namespace(),
                      target.name(),
                      target.uid()));
          default -> Optional.empty();
        };
    return fleet.fresh(Ledger.cluster(entry.spec()), inside, at);
  }

  private static Health health(Fresh cluster, Function<Cluster, Health> judged) {
    if (cluster instanceof Fresh.Found found) {
      return judged.apply(found.cluster());
    }
    return cluster instanceof Fresh.Unreadable unreadable
        ? new Health.Unseen(unreadable.why())
        : new Health.Gone();
  }

  /** A merge is noticed within 20 s, and a replacement has the time that any new Machine has. */
  private static Seen.Pace pace(ClusterPolicySpec rules) {
    Duration pace = rules.shortInterval().duration();
    return new Seen.Pace(
        pace.compareTo(LONGEST_POLL) < 0 ? pace : LONGEST_POLL,
        rules.rejectionSnooze().duration(),
        rules.machineStartupTimeout().duration().plus(rules.stabilization().duration()));
  }
}
