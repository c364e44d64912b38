package io.nephio.recovery.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.nephio.recovery.api.ClusterPolicy;
import io.nephio.recovery.api.ClusterPolicyStatus;
import io.nephio.recovery.api.ClusterPolicyStatus.Attention;
import io.nephio.recovery.execute.Actions;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.judge.Memory;
import io.nephio.recovery.observe.live.LiveFleet;
import io.nephio.recovery.observe.live.Sight;
import io.nephio.recovery.plan.Around;
import io.nephio.recovery.plan.Decision;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.Plan;
import io.nephio.recovery.plan.Planner;
import io.nephio.recovery.plan.Policy;
import io.nephio.recovery.plan.Restorable;
import io.nephio.recovery.record.Drafts;
import io.nephio.recovery.rules.Problem;
import io.nephio.recovery.rules.Rules;
import io.nephio.recovery.rules.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One pass of one policy: see, plan, put what is proposed into the ledger, tell. */
final class PolicyPass {
  /** The others are bad when they are true. */
  private static final Set<String> GOOD = Set.of("Valid", "GitReady");

  private final KubernetesSerialization serialization;
  private final LiveFleet fleet;
  private final Policies policies;
  private final LedgerStore store;
  private final GitAccess git;
  private final Ground ground;
  private final Events events;
  private final Instant at;
  private final Memory memory;
  private final ClusterPolicy object;
  private final Policy policy;

  PolicyPass(
      Inspection.Sources sources,
      Events events,
      InstantSource clock,
      Memory memory,
      ClusterPolicy object) {
    this.memory = memory;
    serialization = sources.management().getKubernetesSerialization();
    fleet = sources.fleet();
    store = sources.ledger();
    git = sources.git();
    ground = sources.ground();
    this.events = events;
    this.at = clock.instant();
    this.object = object;
    this.policy = Policies.policy(object);
    this.policies = Policies.read(sources.management());
  }

  /**
   * What is to be written and when to come again.
   *
   * @param status as it should be now, changed or not
   * @param infraUnready clusters without infrastructure; empty if that could not be seen
   * @param memory for the next pass
   */
  record Result(
      ClusterPolicyStatus status,
      Optional<List<String>> infraUnready,
      Memory memory,
      Plan.Next again) {}

  Result run() {
    ClusterPolicyStatus before = object.status();
    GitAccess.Access access = git.open(policy.spec().repository(), at);
    Ledger ledger = store.all();
    PolicyStatus status = new PolicyStatus(policy, before, ledger, at);
    Result result =
        fleet.look(at, policy.oversight()) instanceof Sight.Seen seen
            ? seen(status, seen.fleet(), ledger, access)
            : new Result(
                status.blind(conditions(access, ledger, new Fleet(List.of()))),
                Optional.empty(),
                memory,
                new Plan.Next(policy.spec().shortInterval().duration(), "the management cluster"));
    tell(before, result.status());
    return result;
  }

  private Result seen(PolicyStatus status, Fleet all, Ledger ledger, GitAccess.Access access) {
    Fleet own = new KnownClusters(object.status(), at).check(policies.assignment().of(policy, all));
    Optional<PackageLook> packages =
        access instanceof GitAccess.Ready ready
            ? Optional.of(new PackageLook(ready.forge(), policy, at))
            : Optional.empty();
    Restorable restorable = packages.map(PackageLook::restorable).orElse(Restorable.NOTHING);
    Plan plan =
        Planner.plan(
            policy,
            own,
            ledger,
            memory,
            new Around(ground.home(), ground.gitServer(), restorable, policies.all()),
            at);
    Optional<String> held = Optional.empty();
    if (access instanceof GitAccess.Problem problem) {
      held = Optional.of(problem.message());
    } else {
      plan.proposals().forEach(p -> git.sightings().put(p.id().name(), Drafts.evidence(p)));
      plan.proposals().stream()
          .filter(p -> Actions.carriesOut(p.act(), p.incident().cluster()))
          .forEach(p -> packages.ifPresent(look -> record(p, look, ledger)));
    }
    List<Condition> conditions = conditions(access, ledger, all);
    List<String> unready = InfraUnready.clusters(plan);
    if (!unready.isEmpty()) {
      conditions.add(infraUnready(unready));
    }
    return new Result(
        status.of(plan, own, conditions, held),
        Optional.of(unready),
        plan.memory(),
        next(plan, access));
  }

  /** The ledger comes first: from here on the remediation is remembered. */
  private void record(Decision.Propose proposal, PackageLook packages, Ledger ledger) {
    boolean known = ledger.entries().stream().anyMatch(e -> e.name().equals(proposal.id().name()));
    if (!known) {
      packages
          .edit(proposal)
          .map(edit -> Drafts.spec(proposal, policy, edit, at))
          .flatMap(spec -> store.create(policy, proposal.id(), spec))
          .ifPresent(
              made ->
                  events.say(
                      made,
                      Events.Type.Normal,
                      "Detected",
                      "Plan",
                      proposal.incident().root().message() + "; " + proposal.why()));
    }
  }

  private List<Condition> conditions(GitAccess.Access access, Ledger ledger, Fleet all) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(valid());
    conditions.add(
        access instanceof GitAccess.Problem problem
            ? condition("GitReady", false, problem.reason(), problem.message())
            : condition("GitReady", true, "Ready", policy.spec().repository() + " can be written"));
    List<Cluster> lost = policies.assignment().lost(policy, all);
    if (!lost.isEmpty()) {
      String names = String.join(", ", lost.stream().map(c -> c.ref().toString()).toList());
      conditions.add(
          condition("Conflict", true, "OlderPolicy", "an older policy acts on " + names));
    }
    sharedUser(access, ledger).ifPresent(conditions::add);
    return conditions;
  }

  /** Section A1 of the recovery flow. */
  private Condition infraUnready(List<String> clusters) {
    return condition(
        InfraUnready.CONDITION,
        true,
        InfraUnready.CONDITION,
        "nothing below the infrastructure is repaired in " + String.join(", ", clusters));
  }

  /**
   * What the kpt function would say. A policy that the API server took is followed all the same: a
   * person approves whatever comes of it.
   */
  private Condition valid() {
    List<Problem> problems =
        Rules.check(Rules.written(serialization.convertValue(object, Map.class))).stream()
            .filter(p -> p.severity() == Severity.error)
            .toList();
    return problems.isEmpty()
        ? condition("Valid", true, "Valid", "nothing is wrong with the policy")
        : condition(
            "Valid",
            false,
            "RulesBroken",
            String.join("; ", problems.stream().map(Problem::text).toList()));
  }

  /** A merge by the operator's own user may have been made by anybody who knows its password. */
  private Optional<Condition> sharedUser(GitAccess.Access access, Ledger ledger) {
    Optional<String> login =
        access instanceof GitAccess.Ready ready ? ready.forge().login() : Optional.empty();
    return login
        .filter(
            own ->
                ledger.entries().stream()
                    .anyMatch(
                        e ->
                            e.status().approval() != null
                                && e.status().approval().mergedBy().equals(own)))
        .map(
            own ->
                condition(
                    "ApproverNotDistinct",
                    true,
                    "SharedUser",
                    "pull requests are merged as "
                        + own
                        + ", the operator's own user: nobody can tell who approved"));
  }

  private Condition condition(String type, boolean status, String reason, String message) {
    return Conditions.now(
        object.status().conditions(), type, status, reason, message, policy.generation(), at);
  }

  private Plan.Next next(Plan plan, GitAccess.Access access) {
    Duration pace = policy.spec().shortInterval().duration();
    if (access instanceof GitAccess.Problem problem) {
      Duration failing =
          Conditions.find(object.status().conditions(), "GitReady")
              .filter(c -> c.getStatus().equals("False"))
              .map(c -> Duration.between(Instant.parse(c.getLastTransitionTime()), at))
              .orElse(Duration.ZERO);
      Duration delay = BackOff.delay(failing, git.pause());
      Plan.Next git = new Plan.Next(delay.compareTo(pace) < 0 ? delay : pace, problem.reason());
      return git.in().compareTo(plan.next().in()) < 0 ? git : plan.next();
    }
    return plan.next();
  }

  /** Each thing once, when it becomes so. */
  private void tell(ClusterPolicyStatus before, ClusterPolicyStatus after) {
    for (Condition now : after.conditions()) {
      Optional<Condition> old = Conditions.find(before.conditions(), now.getType());
      boolean same =
          old.filter(o -> o.getStatus().equals(now.getStatus()))
              .filter(o -> o.getReason().equals(now.getReason()))
              .isPresent();
      boolean bad = GOOD.contains(now.getType()) != now.getStatus().equals("True");
      boolean matters = bad || old.isPresent();
      if (!same && matters) {
        events.say(
            object,
            bad ? Events.Type.Warning : Events.Type.Normal,
            now.getReason(),
            "Check",
            now.getMessage());
      }
    }
    for (Attention now : after.attention()) {
      boolean known =
          before.attention().stream()
              .anyMatch(
                  old ->
                      old.cluster().equals(now.cluster())
                          && old.target().equals(now.target())
                          && old.reason().equals(now.reason())
                          && old.decision().equals(now.decision()));
      if (!known) {
        boolean manual = now.decision().equals("Manual");
        events.say(
            object,
            manual ? Events.Type.Warning : Events.Type.Normal,
            now.reason(),
            "Plan",
            (manual ? "" : "Not now: ") + now.cluster() + ", " + now.target() + ": " + now.why());
      }
    }
  }
}
