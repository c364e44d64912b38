package io.nephio.recovery.plan;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.FailureClass;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Outcome;
import io.nephio.recovery.api.Span;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.Sample;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the ledger remembers of a decision. */
public final class Entries {
  private Entries() {}

  /** Of a failed worker Machine m1, proposed at {@link Sample#NOW} and valid for 24 hours. */
  public static LedgerEntry worker(RemediationStatus status) {
    Cluster cluster = Sample.cluster("c").machines(Sample.worker("m1").failed()).cluster();
    Plan plan =
        Planner.plan(Policies.policy(""), new Fleet(List.of(cluster)), Ledger.empty(), Sample.NOW);
    Decision decision = plan.decisions().get(0);
    return new LedgerEntry(decision.id().name(), spec(decision), status);
  }

  /** As {@link #worker} has it, but about these. */
  public static RemediationSpec spec(
      Action action,
      RemediationSpec.ClusterIdentity cluster,
      RemediationSpec.Target target,
      RemediationSpec.@Nullable MachineRef machine,
      RemediationSpec.@Nullable Owner owner) {
    FailureClass failure = worker(RemediationStatus.empty()).spec().failureClass();
    return spec(action, failure, cluster, target, machine, owner);
  }

  /** The same, of something that failed in another way. */
  public static RemediationSpec spec(
      Action action,
      FailureClass failure,
      RemediationSpec.ClusterIdentity cluster,
      RemediationSpec.Target target,
      RemediationSpec.@Nullable MachineRef machine,
      RemediationSpec.@Nullable Owner owner) {
    RemediationSpec of = worker(RemediationStatus.empty()).spec();
    return new RemediationSpec(
        action,
        of.expiresAt(),
        of.note(),
        of.policy(),
        cluster,
        target,
        machine,
        owner,
        of.edit(),
        of.reason(),
        failure,
        of.fingerprint(),
        of.lineage(),
        of.attempt(),
        of.failingSince(),
        of.proposedAt(),
        of.executeWithin(),
        of.stabilization(),
        of.why(),
        of.evidence());
  }

  static LedgerEntry entry(Decision of, Phase phase) {
    return new LedgerEntry(of.id().name(), spec(of), RemediationStatus.empty().with(phase, "", ""));
  }

  static LedgerEntry rejected(Decision of, Instant snoozedUntil) {
    LedgerEntry entry = entry(of, Phase.Rejected);
    return new LedgerEntry(
        entry.name(), entry.spec(), entry.status().withSnoozedUntil(snoozedUntil));
  }

  static LedgerEntry executed(Decision of, Instant startedAt) {
    LedgerEntry entry = entry(of, Phase.Failed);
    return new LedgerEntry(
        entry.name(),
        entry.spec(),
        entry
            .status()
            .withExecution(new RemediationStatus.Execution(startedAt, null, null, false)));
  }

  /** Over at that instant, after an act with this outcome. */
  static LedgerEntry over(Decision of, Phase phase, Outcome outcome, Instant ended) {
    LedgerEntry entry = entry(of, phase);
    return new LedgerEntry(
        entry.name(),
        entry.spec(),
        entry
            .status()
            .withExecution(
                new RemediationStatus.Execution(ended.minusSeconds(60), ended, outcome, false))
            .withHistory(List.of(new RemediationStatus.Transition(ended, phase, ""))));
  }

  /** The same, but for something that was done to this object. */
  static LedgerEntry acted(LedgerEntry of, Action action, ObjectRef target) {
    RemediationSpec.Target named =
        new RemediationSpec.Target(
            target.apiVersion(), target.kind(), target.namespace(), target.name(), target.uid());
    return new LedgerEntry(
        of.name(), like(of.spec(), action, named, null, of.spec().failureClass()), of.status());
  }

  /** The same, proposed because pods crash. */
  public static RemediationSpec crash(RemediationSpec of) {
    return like(of, of.action(), of.target(), of.machine(), FailureClass.Crash);
  }

  private static RemediationSpec like(
      RemediationSpec of,
      Action action,
      RemediationSpec.Target target,
      RemediationSpec.@Nullable MachineRef machine,
      FailureClass failureClass) {
    return new RemediationSpec(
        action,
        of.expiresAt(),
        of.note(),
        of.policy(),
        of.cluster(),
        target,
        machine,
        of.owner(),
        of.edit(),
        of.reason(),
        failureClass,
        of.fingerprint(),
        of.lineage(),
        of.attempt(),
        of.failingSince(),
        of.proposedAt(),
        of.executeWithin(),
        of.stabilization(),
        of.why(),
        of.evidence());
  }

  private static RemediationSpec spec(Decision of) {
    ObjectRef cluster = of.incident().cluster().object();
    ObjectRef target = of.act().target();
    return new RemediationSpec(
        of.act().action(),
        Sample.NOW.plusSeconds(86_400),
        "",
        new RemediationSpec.PolicyRef("default", "edge", "", 1L),
        new RemediationSpec.ClusterIdentity(
            of.incident().cluster().ref().namespace(), cluster.name(), cluster.uid(), ""),
        new RemediationSpec.Target(
            target.apiVersion(), target.kind(), target.namespace(), target.name(), target.uid()),
        of.act()
            .machine()
            .map(m -> new RemediationSpec.MachineRef("default", m.ref().name(), m.ref().uid()))
            .orElse(null),
        null,
        null,
        of.incident().root().reason().name(),
        FailureClass.Machine,
        of.id().fingerprint(),
        of.id().lineage(),
        of.id().attempt(),
        of.incident().root().since(),
        Sample.NOW,
        new Span("30m"),
        new Span("10m"),
        "as it was",
        List.of());
  }
}
