package io.nephio.recovery.api;

import static io.nephio.recovery.api.Bounds.cut;
import static io.nephio.recovery.api.Bounds.or;
import static io.nephio.recovery.api.Bounds.required;
import static io.nephio.recovery.api.Bounds.seconds;
import static io.nephio.recovery.api.Bounds.sorted;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the last pass saw. Lists are sorted, so that nothing is written when nothing changed. */
@Wire
@JsonClassDescription("What the operator saw last. Written by the operator only.")
public record ClusterPolicyStatus(
    @JsonPropertyDescription("The metadata.generation that this status was made from.")
        @Nullable Long observedGeneration,
    @Size(max = Bounds.CONDITIONS)
        @JsonPropertyDescription(
            "Valid: the policy makes sense and is obeyed. GitReady: the Git server and the"
                + " repositories can be used. Conflict: an older policy selects the same cluster."
                + " ApproverNotDistinct: people approve with the operator's own Git user."
                + " InfraUnready: the infrastructure of a cluster is not ready. LedgerCorrupt:"
                + " Remediations do not fit the pull requests.")
        List<Condition> conditions,
    @JsonPropertyDescription("Counts over all clusters of the policy.") Summary summary,
    @Size(max = Bounds.CLUSTERS)
        @JsonPropertyDescription("The clusters of the policy, sorted; the first 500.")
        List<ClusterState> clusters,
    @Size(max = Bounds.ATTENTION)
        @JsonPropertyDescription(
            "What fails and has no pull request, sorted; the first 50. Manual: a person must act,"
                + " the operator never will. Defer: not now, see why.")
        List<Attention> attention) {
  private static final ClusterPolicyStatus EMPTY =
      new ClusterPolicyStatus(null, List.of(), Summary.ZERO, List.of(), List.of());

  public ClusterPolicyStatus {
    conditions = Bounds.conditions(conditions);
    summary = or(summary, Summary.ZERO);
    clusters = sorted(clusters, ClusterState.ORDER, Bounds.CLUSTERS);
    attention = sorted(attention, Attention.ORDER, Bounds.ATTENTION);
  }

  public static ClusterPolicyStatus empty() {
    return EMPTY;
  }

  public ClusterPolicyStatus withConditions(List<Condition> with) {
    return new ClusterPolicyStatus(observedGeneration, with, summary, clusters, attention);
  }

  /** How much of it there is. */
  @Wire
  public record Summary(
      @JsonPropertyDescription("Clusters that this policy is in charge of.") Integer clusters,
      @JsonPropertyDescription("Clusters of them in any state but Healthy, Paused and Deleting.")
          Integer degraded,
      @JsonPropertyDescription("Pull requests that wait for a person to merge or close them.")
          Integer openPullRequests,
      @JsonPropertyDescription("Remediations that are being carried out or verified.")
          Integer executing,
      @JsonPropertyDescription("Failures that a person must repair: see attention.")
          Integer manual) {
    static final Summary ZERO = new Summary(0, 0, 0, 0, 0);

    public Summary {
      clusters = or(clusters, 0);
      degraded = or(degraded, 0);
      openPullRequests = or(openPullRequests, 0);
      executing = or(executing, 0);
      manual = or(manual, 0);
    }
  }

  /** One cluster. */
  @Wire
  public record ClusterState(
      @Required @Size(max = Bounds.NAMESPACE) @JsonPropertyDescription("Namespace of the Cluster.")
          String namespace,
      @Required @Size(max = Bounds.NAME) @JsonPropertyDescription("Name of the Cluster.")
          String name,
      @Required
          @Size(max = Bounds.WORD)
          @JsonPropertyDescription(
              "Deleting, Paused, Unreachable, InfraUnready, ControlPlaneUnhealthy, Degraded"
                  + " (something has failed for longer than its threshold), Healthy or Unknown.")
          String state,
      @JsonPropertyDescription("Since when the cluster is in this state.") @Nullable Instant since,
      @Size(max = Bounds.WORD)
          @JsonPropertyDescription(
              "uid of the cluster's kube-system namespace as first seen; \"\" if never reached. A"
                  + " kubeconfig that leads to another one is refused.")
          String kubeSystemUid,
      @JsonPropertyDescription("Whether repairs are held back because too much fails at once.")
          Breaker breaker) {
    static final Comparator<ClusterState> ORDER =
        Comparator.comparing(ClusterState::namespace).thenComparing(ClusterState::name);

    public ClusterState {
      namespace = required(namespace, "namespace");
      name = required(name, "name");
      state = cut(state, Bounds.WORD);
      since = seconds(since);
      kubeSystemUid = cut(kubeSystemUid, Bounds.WORD);
      breaker = or(breaker, Breaker.CLOSED);
    }
  }

  /** Open: nothing is proposed or executed in the cluster. */
  @Wire
  public record Breaker(
      @JsonPropertyDescription(
              "true: nothing is proposed or executed in this cluster; healing, closing and"
                  + " verifying go on.")
          Boolean open,
      @Size(max = Bounds.SENTENCE)
          @JsonPropertyDescription("Which limit was passed, and by how much.")
          String reason,
      @JsonPropertyDescription("Since when it is open.") @Nullable Instant since,
      @JsonPropertyDescription(
              "When it closes if nothing else fails; absent while the limit is still passed.")
          @Nullable Instant until) {
    public static final Breaker CLOSED = new Breaker(false, "", null, null);

    public Breaker {
      open = or(open, false);
      reason = cut(reason, Bounds.SENTENCE);
      since = seconds(since);
      until = seconds(until);
    }
  }

  /** A failure without a pull request. */
  @Wire
  public record Attention(
      @Required
          @Size(max = Bounds.CLUSTER)
          @JsonPropertyDescription("The cluster, as namespace/name.")
          String cluster,
      @Required
          @Size(max = Bounds.SENTENCE)
          @JsonPropertyDescription("What fails, as kind and name.")
          String target,
      @Required
          @Size(max = Bounds.WORD)
          @JsonPropertyDescription("Why it counts as failing, like NodeNotReady.")
          String reason,
      @Required
          @Size(max = Bounds.WORD)
          @JsonPropertyDescription(
              "Manual: a person must act, the operator never will. Defer: it is judged again, at"
                  + " retryAt at the latest.")
          String decision,
      @Required
          @Size(max = Bounds.SENTENCE)
          @JsonPropertyDescription("Why there is no pull request, and what would help.")
          String why,
      @JsonPropertyDescription("Since when it fails.") @Nullable Instant since,
      @JsonPropertyDescription("When it is judged again; absent for Manual.")
          @Nullable Instant retryAt) {
    static final Comparator<Attention> ORDER =
        Comparator.comparing(Attention::cluster)
            .thenComparing(Attention::target)
            .thenComparing(Attention::reason);

    public Attention {
      cluster = cut(cluster, Bounds.CLUSTER);
      target = cut(target, Bounds.SENTENCE);
      reason = cut(reason, Bounds.WORD);
      decision = cut(decision, Bounds.WORD);
      why = cut(why, Bounds.SENTENCE);
      since = seconds(since);
      retryAt = seconds(retryAt);
    }
  }
}
