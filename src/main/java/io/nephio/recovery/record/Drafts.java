package io.nephio.recovery.record;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.judge.Evidence;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.plan.Decision;
import io.nephio.recovery.plan.Identity;
import io.nephio.recovery.plan.PackagePlace;
import io.nephio.recovery.plan.PackagePlaces;
import io.nephio.recovery.plan.Policy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Writes a decision down. The same decision at the same instant gives the same bytes. */
public final class Drafts {
  private static final int MOST_EVIDENCE = 20;

  private Drafts() {}

  /** The draft of a record, and of what it changes in the package; the two are one commit. */
  public static Draft draft(
      RemediationSpec spec, Policy policy, Map<String, String> edited, Background background) {
    Identity id = Identity.of(spec);
    PackagePlace.At place = place(spec, policy);
    Map<String, String> files = new HashMap<>(edited);
    files.put(id.path(), RecordFile.text(id.name(), spec));
    return new Draft(
        id,
        spec,
        place.repository(),
        place.base(),
        files,
        CommitMessage.text(spec),
        PullRequestText.title(spec),
        PullRequestText.body(id, spec, policy, background));
  }

  /** Where a record goes: to the package that takes part in it, else where the policy says. */
  public static PackagePlace.At place(RemediationSpec spec, Policy policy) {
    return new PackagePlaces(policy, "").of(spec);
  }

  /**
   * The edit that belongs to a decision made at this instant.
   *
   * @param open the packages at a place; nothing if there is no way to them
   */
  public static PackageEdit edit(
      Decision.Propose decision,
      PackagePlaces places,
      Function<PackagePlace.At, Optional<Packages>> open,
      Instant at) {
    return decision.act().action().editsPackage()
        ? PackageEdits.of(
            decision.act().action(),
            decision.act().target(),
            places.of(decision.incident().cluster()),
            open,
            at.truncatedTo(ChronoUnit.SECONDS))
        : new PackageEdit.None("");
  }

  /** What is decided, as the ledger and the record hold it; whole seconds only. */
  public static RemediationSpec spec(
      Decision.Propose decision, Policy policy, PackageEdit edit, Instant at) {
    Instant now = at.truncatedTo(ChronoUnit.SECONDS);
    Finding root = decision.incident().root();
    Cluster cluster = decision.incident().cluster();
    ObjectRef target = decision.act().target();
    return new RemediationSpec(
        decision.act().action(),
        now.plus(policy.spec().proposalTTL().duration()),
        "",
        new RemediationSpec.PolicyRef(
            policy.namespace(), policy.name(), policy.uid(), policy.generation()),
        new RemediationSpec.ClusterIdentity(
            cluster.ref().namespace(),
            cluster.ref().name(),
            cluster.object().uid(),
            cluster.kubeSystemUid()),
        new RemediationSpec.Target(
            target.apiVersion(), target.kind(), target.namespace(), target.name(), target.uid()),
        decision.act().machine().map(Drafts::machine).orElse(null),
        owner(decision).orElse(null),
        edit instanceof PackageEdit.Found found ? found.edit() : null,
        root.reason().name(),
        root.reason().failureClass().orElseThrow(),
        decision.id().fingerprint(),
        decision.id().lineage(),
        decision.id().attempt(),
        root.since(),
        now,
        policy.spec().executeWithin(),
        policy.spec().stabilization(),
        why(decision, edit),
        evidence(decision));
  }

  private static String why(Decision.Propose decision, PackageEdit edit) {
    return edit instanceof PackageEdit.None none && !none.why().isEmpty()
        ? decision.why() + "; no package is changed: " + none.why()
        : decision.why();
  }

  private static RemediationSpec.MachineRef machine(Machine machine) {
    return new RemediationSpec.MachineRef(
        String.valueOf(machine.ref().namespace()), machine.ref().name(), machine.ref().uid());
  }

  /** What makes a new one: of a Machine its owner, of a pod the workload at the top. */
  private static Optional<RemediationSpec.Owner> owner(Decision.Propose decision) {
    Finding root = decision.incident().root();
    Optional<Machine> machine = decision.act().machine();
    return machine
        .flatMap(Machine::owner)
        .or(() -> machine.isPresent() ? Optional.empty() : root.owner())
        .map(
            o ->
                new RemediationSpec.Owner(
                    o.apiVersion(),
                    o.kind(),
                    o.namespace(),
                    o.name(),
                    machine.isPresent() ? "" : root.revision()));
  }

  /** Whether nobody has edited a pull request's body since it was written. */
  public static boolean isUntouched(String body) {
    return HiddenState.isUntouched(body);
  }

  /** What is seen of an incident, as a record holds it. */
  public static List<RemediationSpec.Evidence> evidence(Decision.Propose decision) {
    return Stream.concat(
            Stream.of(decision.incident().root()), decision.incident().symptoms().stream())
        .flatMap(f -> f.evidence().stream())
        .distinct()
        .limit(MOST_EVIDENCE)
        .map(Drafts::evidence)
        .toList();
  }

  private static RemediationSpec.Evidence evidence(Evidence seen) {
    return new RemediationSpec.Evidence(
        seen.object(), seen.condition(), seen.reason(), seen.since().orElse(null));
  }
}
