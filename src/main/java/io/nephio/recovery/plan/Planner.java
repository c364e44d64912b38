package io.nephio.recovery.plan;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Judges;
import io.nephio.recovery.judge.Memory;
import io.nephio.recovery.judge.Reason;
import io.nephio.recovery.judge.Scene;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One pass: judge every cluster, fold the findings into incidents, decide each incident.
 *
 * <p>The same facts, ledger, memory and instant give the same plan, whatever order they came in.
 */
public final class Planner {
  private final Policy policy;
  private final Ledger ledger;
  private final Memory memory;
  private final Around around;
  private final Instant at;
  private final List<ClusterState> states = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final List<Finding> coming = new ArrayList<>();
  private final Set<String> storms = new TreeSet<>();

  private Planner(Policy policy, Ledger ledger, Memory memory, Around around, Instant at) {
    this.around = around;
    this.policy = policy;
    this.ledger = ledger;
    this.memory = memory;
    this.at = at;
  }

  /** The plan of one policy for the clusters that are its own, with nothing remembered. */
  public static Plan plan(Policy policy, Fleet fleet, Ledger ledger, Instant at) {
    return plan(policy, fleet, ledger, Memory.EMPTY, at);
  }

  public static Plan plan(Policy policy, Fleet fleet, Ledger ledger, Memory memory, Instant at) {
    return plan(policy, fleet, ledger, memory, Around.NOTHING, at);
  }

  /** The plan of one policy for the clusters that are its own. */
  public static Plan plan(
      Policy policy, Fleet fleet, Ledger ledger, Memory memory, Around around, Instant at) {
    Planner planner = new Planner(policy, ledger, memory, around, at);
    List<Cluster> clusters = new ArrayList<>(fleet.clusters());
    fleet.management().flatMap(policy.oversight()::of).ifPresent(clusters::add);
    clusters.forEach(planner::cluster);
    planner.limitPullRequests();
    List<Finding> findings = planner.verdicts.stream().map(Verdict::finding).toList();
    return new Plan(
        at,
        List.copyOf(planner.states),
        List.copyOf(planner.verdicts),
        List.copyOf(planner.decisions),
        planner.next(),
        memory.after(clusters, findings, planner.storms, policy.spec(), at));
  }

  /** The unhealthy Machines of a cluster against the policy's limit, as the plan counts them. */
  public static Breaker breaker(Cluster cluster, ClusterPolicySpec policy, Instant at) {
    Scene scene = new Scene(cluster, policy, Memory.EMPTY, at);
    return Breakers.of(scene, Judges.judge(scene)).cluster();
  }

  private void cluster(Cluster cluster) {
    Scene scene = new Scene(cluster, policy.spec(), memory, at);
    List<Finding> findings = Judges.judge(scene);
    coming.addAll(Judges.coming(scene));
    Breakers breakers = Breakers.of(scene, findings);
    storms.addAll(breakers.open());
    List<Incident> due =
        Incidents.fold(scene, findings).stream().filter(i -> i.root().isDue(at)).toList();
    List<Decision> all =
        new Decisions(
                ledger,
                scene,
                new MassFailures(policy, scene, breakers),
                new Decider(policy, ledger, around, scene, breakers, findings))
            .of(due);
    states.add(new ClusterState(cluster.ref(), state(cluster, findings)));
    decisions.addAll(all);
    Map<Finding, Verdict> covered = new HashMap<>();
    for (Decision decision : all) {
      Fold fold = new Fold(decision.incident());
      decision.incident().symptoms().forEach(f -> covered.put(f, part(decision, f, fold)));
    }
    findings.forEach(
        f ->
            verdicts.add(
                covered.getOrDefault(f, new Verdict(f, f.isDue(at), Optional.empty(), ""))));
  }

  private Verdict part(Decision decision, Finding finding, Fold fold) {
    return new Verdict(
        finding, finding.isDue(at), Optional.of(decision.id().name()), fold.because(finding));
  }

  /** Oldest first; what does not fit into the limit of the repository it goes to waits. */
  private void limitPullRequests() {
    Map<String, List<Decision.Propose>> fresh =
        Plan.proposals(decisions).stream()
            .filter(p -> ledger.open(p.id().fingerprint()).isEmpty())
            .sorted(Comparator.comparing((Decision.Propose p) -> p.incident().root().since()))
            .collect(Collectors.groupingBy(this::repository));
    fresh.forEach(this::limitPullRequests);
  }

  private void limitPullRequests(String repository, List<Decision.Propose> fresh) {
    long open = ledger.openProposals(repository, e -> around.repository(e.spec()));
    int limit = policy.spec().maxOpenPullRequests();
    long room = Math.max(0, limit - open);
    Set<Identity> waiting =
        fresh.stream().skip(room).map(Decision.Propose::id).collect(Collectors.toSet());
    String why =
        "open pull requests in %s, or first in line: %d, limit %d"
            .formatted(repository, open + Math.min(fresh.size(), room), limit);
    decisions.replaceAll(d -> waiting.contains(d.id()) ? Decider.later(d, why) : d);
  }

  private String repository(Decision.Propose proposal) {
    return proposal.act().action().editsPackage()
            && new PackagePlaces(policy, around.gitServer()).of(proposal.incident().cluster())
                instanceof PackagePlace.At at
        ? at.repository()
        : policy.spec().repository();
  }

  private ClusterState.State state(Cluster cluster, List<Finding> findings) {
    if (cluster.deleting()) {
      return ClusterState.State.Deleting;
    }
    if (cluster.paused()) {
      return ClusterState.State.Paused;
    }
    return findings.stream()
        .filter(f -> f.isDue(at))
        .map(f -> state(f.reason()))
        .min(Comparator.naturalOrder())
        .orElseGet(() -> quiet(cluster));
  }

  private static ClusterState.State state(Reason reason) {
    return switch (reason) {
      case ClusterUnreachable, CredentialProblem -> ClusterState.State.Unreachable;
      case InfraUnready -> ClusterState.State.InfraUnready;
      case ControlPlaneUnhealthy -> ClusterState.State.ControlPlaneUnhealthy;
      default -> ClusterState.State.Degraded;
    };
  }

  private static ClusterState.State quiet(Cluster cluster) {
    boolean unseen =
        cluster.machines().isEmpty()
            && cluster.nodes() instanceof Known.NotLooked
            && cluster.contents().notLooked();
    return unseen ? ClusterState.State.Unknown : ClusterState.State.Healthy;
  }

  private Plan.Next next() {
    return new Pace(policy, ledger, at)
        .next(
            states.stream().map(ClusterState::cluster).collect(Collectors.toSet()),
            Stream.concat(verdicts.stream().map(Verdict::finding), coming.stream()).toList(),
            decisions);
  }
}
