package io.nephio.recovery.plan;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Judges;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One pass: judge every cluster, fold the findings into incidents, decide each incident.
 *
 * <p>The same facts, ledger and instant give the same plan, whatever order they came in.
 */
public final class Planner {
  private final Policy policy;
  private final Ledger ledger;
  private final Instant at;
  private final Decider decider;
  private final List<ClusterState> states = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();

  private Planner(Policy policy, Ledger ledger, Instant at) {
    this.policy = policy;
    this.ledger = ledger;
    this.at = at;
    this.decider = new Decider(policy, ledger, at);
  }

  /** The plan of one policy for the clusters that are its own. */
  public static Plan plan(Policy policy, Fleet fleet, Ledger ledger, Instant at) {
    Planner planner = new Planner(policy, ledger, at);
    fleet.clusters().forEach(planner::cluster);
    planner.limitPullRequests();
    return new Plan(
        at,
        List.copyOf(planner.states),
        List.copyOf(planner.verdicts),
        List.copyOf(planner.decisions),
        planner.next());
  }

  /** The unhealthy Machines of a cluster against the policy's limit, as the plan counts them. */
  public static Breaker breaker(Cluster cluster, ClusterPolicySpec policy, Instant at) {
    return Breaker.of(cluster, Judges.judge(cluster, policy, at), policy);
  }

  private void cluster(Cluster cluster) {
    List<Finding> findings = Judges.judge(cluster, policy.spec(), at);
    List<Incident> incidents = Incidents.fold(cluster, findings, at);
    Breaker breaker = Breaker.of(cluster, findings, policy.spec());
    List<Incident> due = incidents.stream().filter(i -> i.root().isDue(at)).toList();
    List<Decision> decided = decide(cluster, due, breaker);
    states.add(new ClusterState(cluster.ref(), state(cluster, findings)));
    decisions.addAll(decided);
    Map<Finding, String> covered = new HashMap<>();
    decided.forEach(d -> d.incident().symptoms().forEach(f -> covered.put(f, d.id().name())));
    findings.forEach(
        f -> verdicts.add(new Verdict(f, f.isDue(at), Optional.ofNullable(covered.get(f)))));
  }

  private List<Decision> decide(Cluster cluster, List<Incident> incidents, Breaker breaker) {
    List<Decision> decided = new ArrayList<>();
    List<Incident> anew = new ArrayList<>();
    for (Incident incident : incidents) {
      decider.underWay(incident).ifPresentOrElse(decided::add, () -> anew.add(incident));
    }
    if (breaker.open() && anew.stream().anyMatch(i -> i.machine().isPresent())) {
      decided.add(massFailure(cluster, anew, breaker));
      anew.removeIf(i -> i.machine().isPresent());
    }
    anew.forEach(i -> decided.add(decider.decide(i, breaker)));
    return decided;
  }

  /** Too much fails at once for one Machine to be the cause: one entry, for a person. */
  private Decision massFailure(Cluster cluster, List<Incident> incidents, Breaker breaker) {
    List<Finding> findings =
        incidents.stream()
            .filter(i -> i.machine().isPresent())
            .flatMap(i -> i.findings().stream())
            .toList();
    ObjectRef object = cluster.object();
    Incident mass =
        new Incident(
            cluster, findings.get(0), findings.subList(1, findings.size()), Optional.empty());
    return new Decision.Manual(
        mass,
        decider.identity(mass, Act.none(object)),
        Act.none(object),
        breaker.text() + ": too many at once for one cause in a Machine; nothing is proposed");
  }

  /** Oldest first; what does not fit into the repository's limit waits. */
  private void limitPullRequests() {
    long open = ledger.openProposals(policy.spec().repository());
    int limit = policy.spec().maxOpenPullRequests();
    List<Decision.Propose> fresh =
        Plan.proposals(decisions).stream()
            .filter(p -> ledger.open(p.id().fingerprint()).isEmpty())
            .sorted(Comparator.comparing((Decision.Propose p) -> p.incident().root().since()))
            .toList();
    Set<Identity> waiting =
        fresh.stream()
            .skip(Math.max(0, limit - open))
            .map(Decision.Propose::id)
            .collect(Collectors.toSet());
    String why = "policy allows " + limit + " open pull requests in " + policy.spec().repository();
    decisions.replaceAll(
        d ->
            waiting.contains(d.id())
                ? new Decision.Defer(d.incident(), d.id(), d.act(), why, Optional.empty())
                : d);
  }

  private ClusterState.State state(Cluster cluster, List<Finding> findings) {
    if (cluster.deleting()) {
      return ClusterState.State.Deleting;
    }
    if (cluster.paused()) {
      return ClusterState.State.Paused;
    }
    List<Finding> due = findings.stream().filter(f -> f.isDue(at)).toList();
    for (Finding finding : due) {
      switch (finding.reason()) {
        case ClusterUnreachable, CredentialProblem -> {
          return ClusterState.State.Unreachable;
        }
        case InfraUnready -> {
          return ClusterState.State.InfraUnready;
        }
        default -> {}
      }
    }
    if (!due.isEmpty()) {
      return ClusterState.State.Degraded;
    }
    return cluster.machines().isEmpty() && cluster.nodes() instanceof Known.NotLooked
        ? ClusterState.State.Unknown
        : ClusterState.State.Healthy;
  }

  /** The earliest threshold still to be crossed, at the pace of the policy (section F). */
  private Plan.Next next() {
    Duration pace = policy.spec().longInterval().duration();
    String reason = "longInterval";
    if (!decisions.isEmpty()) {
      pace = policy.spec().shortInterval().duration();
      reason = "shortInterval";
    }
    Optional<Finding> first =
        verdicts.stream()
            .filter(v -> !v.due())
            .map(Verdict::finding)
            .min(Comparator.comparing(Finding::due).thenComparing(f -> f.object().toString()));
    if (first.isPresent()) {
      Duration until = Duration.between(at, first.get().due());
      if (until.compareTo(pace) <= 0) {
        Finding f = first.get();
        return new Plan.Next(
            until, f.reason() + " " + f.cluster().name() + "/" + f.object().name());
      }
    }
    return new Plan.Next(pace, reason);
  }
}
