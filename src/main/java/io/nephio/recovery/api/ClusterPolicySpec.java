package io.nephio.recovery.api;

import static io.nephio.recovery.api.Bounds.all;
import static io.nephio.recovery.api.Bounds.or;
import static io.nephio.recovery.api.Bounds.required;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which clusters, when something counts as failing, and how much may be done about it. */
@Wire
@JsonClassDescription(
    "Which clusters, when something counts as failing, and how much may be done about it. Every field"
        + " but clusterSelector has a default.")
@ValidationRule(
    value = "!('*' in self.clusterNamespaces) || size(self.clusterNamespaces) == 1",
    fieldPath = ".clusterNamespaces",
    message = "'*' means all namespaces and must stand alone: remove the other entries or the '*'")
@ValidationRule(
    value = "duration(self.shortInterval) <= duration(self.longInterval)",
    fieldPath = ".shortInterval",
    messageExpression =
        "'shortInterval (' + self.shortInterval + ') must not be longer than longInterval ('"
            + " + self.longInterval + ')'",
    message = "shortInterval must not be longer than longInterval")
@ValidationRule(
    value =
        "type(self.maxUnhealthy) == int ? self.maxUnhealthy >= 1"
            + " : self.maxUnhealthy.matches('^([1-9][0-9]?|100)%$')",
    fieldPath = ".maxUnhealthy",
    message = "maxUnhealthy must be a whole number of at least 1 or a percentage from 1% to 100%")
public record ClusterPolicySpec(
    @Default(Defaults.FALSE)
        @JsonPropertyDescription(
            "Stop proposing and executing. Clusters are still judged and reported; a pull request"
                + " merged meanwhile is executed once this is false again, if it has not expired.")
        Boolean suspend,
    @Required
        @JsonPropertyDescription(
            "Which Cluster API Clusters this policy covers, by their labels; {} selects all. A"
                + " cluster obeys one policy, the oldest that selects it; the other policy gets the"
                + " condition Conflict.")
        LabelSelector clusterSelector,
    @Default(Defaults.EMPTY_LIST)
        @Size(max = 64)
        @JsonPropertyDescription(
            "Namespaces in which Clusters are looked for. [] is the policy's own namespace, [\"*\"]"
                + " is all of them.")
        List<@Pattern("^(\\*|[a-z0-9]([-a-z0-9]*[a-z0-9])?)$") @Size(max = Bounds.NAMESPACE) String>
            clusterNamespaces,
    @Default(Defaults.FALSE)
        @JsonPropertyDescription(
            "Also watch the cluster the operator runs in, under the name management.")
        Boolean includeManagementCluster,
    @Default(Defaults.CONTROL_PLANE_TIMEOUT)
        @SpanText
        @JsonPropertyDescription(
            "How long a control plane may be unhealthy. Then the member at fault is proposed for"
                + " replacement, if the others keep quorum without it.")
        Span controlPlaneTimeout,
    @Default(Defaults.MACHINE_STARTUP_TIMEOUT)
        @SpanText
        @JsonPropertyDescription(
            "How long a Machine may take to become Running with a Node. Then its replacement is"
                + " proposed. Set it above what the slowest provider needs to boot.")
        Span machineStartupTimeout,
    @Default(Defaults.MACHINE_DELETION_TIMEOUT)
        @SpanText
        @JsonPropertyDescription(
            "How long a Machine may take to be deleted. Then it is reported for a person to look"
                + " at; finalizers are never removed.")
        Span machineDeletionTimeout,
    @Default(Defaults.NODE_NOT_READY_THRESHOLD)
        @SpanText
        @JsonPropertyDescription(
            "How long a Node may be NotReady. Then its Machine is proposed for replacement; a Node"
                + " without a Machine is reported for a person to look at.")
        Span nodeNotReadyThreshold,
    @Default(Defaults.NODE_PRESSURE_THRESHOLD)
        @SpanText
        @JsonPropertyDescription(
            "How long a Node may be under memory, disk or PID pressure, or its network unavailable."
                + " Then draining it is proposed.")
        Span nodePressureThreshold,
    @Default(Defaults.POD_CRASH_THRESHOLD)
        @SpanText
        @JsonPropertyDescription(
            "How long a pod may be failed or in a crash loop. Then its deletion is proposed, if a"
                + " controller makes a new one and a restart can help.")
        Span podCrashThreshold,
    @Default(Defaults.WORKLOAD_ROLLOUT_TIMEOUT)
        @SpanText
        @JsonPropertyDescription(
            "How long a Deployment, StatefulSet or DaemonSet may lack ready replicas without"
                + " progress. Then a restart of its rollout is proposed.")
        Span workloadRolloutTimeout,
    @Default(Defaults.CRD_THRESHOLD)
        @SpanText
        @JsonPropertyDescription(
            "How long a critical CRD may be missing or not Established. Then applying it again is"
                + " proposed, if a package holds it.")
        Span crdThreshold,
    @Default(Defaults.SHORT_INTERVAL)
        @SpanText
        @JsonPropertyDescription(
            "Time to the next full pass while something is being repaired. Not longer than"
                + " longInterval.")
        Span shortInterval,
    @Default(Defaults.LONG_INTERVAL)
        @SpanText
        @JsonPropertyDescription(
            "Time to the next full pass while nothing is being repaired. Changes seen by watching"
                + " are judged at once.")
        Span longInterval,
    @Default(Defaults.EMPTY_OBJECT)
        @JsonPropertyDescription("CRDs that must exist and be Established.")
        CriticalCrds criticalCRDs,
    @Default(Defaults.REPOSITORY)
        @Pattern("^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$")
        @Size(max = Bounds.REPOSITORY)
        @JsonPropertyDescription(
            "Repository, as owner/name on the operator's Git server, that gets the pull request of"
                + " every remediation that edits no package.")
        String repository,
    @Default(Defaults.EMPTY_TEXT)
        @Size(max = Bounds.BRANCH)
        @JsonPropertyDescription(
            "Branch that pull requests are to be merged into; \"\" is the repository's default"
                + " branch.")
        String branch,
    @Default(Defaults.EMPTY_TEXT)
        @Pattern(
            "^(([A-Za-z0-9_.-]|\\{cluster\\}|\\{namespace\\})+/"
                + "([A-Za-z0-9_.-]|\\{cluster\\}|\\{namespace\\})+)?$")
        @Size(max = Bounds.REPOSITORY)
        @JsonPropertyDescription(
            "Repository, as owner/name, whose packages are deployed to a cluster; {cluster} and"
                + " {namespace} stand for the name and the namespace of the Cluster. Edits of"
                + " packages are proposed there. \"\" is the deployment repository that Porch has"
                + " registered under the Cluster's name, else nephio/{cluster}.")
        String workloadRepository,
    @Default(Defaults.EMPTY_LIST)
        @Size(max = 32)
        @JsonPropertyDescription(
            "Exceptions from proposing. The first entry that matches decides; without a match the"
                + " mode is PullRequest.")
        List<Approval> approvals,
    @Default(Defaults.EMPTY_LIST)
        @Size(max = 64)
        @JsonPropertyDescription(
            "Protected namespaces whose pods and workloads may be targets after all, like"
                + " kube-system. Findings there are reported in any case.")
        List<@Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$") @Size(max = Bounds.NAMESPACE) String>
            allowedNamespaces,
    @Default(Defaults.MAX_UNHEALTHY)
        @JsonPropertyDescription(
            "How many machines may be unhealthy, per cluster and per owner, as a number or as a"
                + " percentage (rounded down, never below one). With more, nothing is proposed or"
                + " executed there until stormCooldown after they are fewer again.")
        IntOrString maxUnhealthy,
    @Default(Defaults.MAX_IN_FLIGHT)
        @Min(1)
        @Max(20)
        @JsonPropertyDescription(
            "How many remediations may run at the same time in one cluster. Merged ones beyond it"
                + " wait, in the order of their merge.")
        Integer maxInFlight,
    @Default(Defaults.MAX_OPEN_PULL_REQUESTS)
        @Min(1)
        @Max(50)
        @JsonPropertyDescription(
            "How many pull requests of the operator may be open in one repository. Further findings"
                + " wait until one is merged or closed.")
        Integer maxOpenPullRequests,
    @Default(Defaults.STORM_COOLDOWN)
        @SpanText
        @JsonPropertyDescription(
            "How long a cluster must stay within maxUnhealthy before anything is proposed there"
                + " again.")
        Span stormCooldown,
    @Default(Defaults.RETRY_BUDGET)
        @Min(1)
        @Max(10)
        @JsonPropertyDescription(
            "How often the same owner may be repaired for the same kind of failure within"
                + " retryWindow. Then a person has to look: nothing more is proposed.")
        Integer retryBudget,
    @Default(Defaults.RETRY_WINDOW)
        @SpanText
        @JsonPropertyDescription("The time over which retryBudget counts.")
        Span retryWindow,
    @Default(Defaults.MIN_HEALTHY_PERIOD)
        @SpanText
        @JsonPropertyDescription(
            "How long a repair must hold to count as one. A failure within this time continues the"
                + " chain that retryBudget limits.")
        Span minHealthyPeriod,
    @Default(Defaults.STABILIZATION)
        @SpanText
        @JsonPropertyDescription(
            "How long the target must be healthy after the repair. Then the remediation has"
                + " Succeeded.")
        Span stabilization,
    @Default(Defaults.PROPOSAL_TTL)
        @SpanText
        @JsonPropertyDescription(
            "How long a proposal may wait for its merge. Then its pull request is closed, and what"
                + " still fails is proposed anew once.")
        Span proposalTTL,
    @Default(Defaults.EXECUTE_WITHIN)
        @SpanText
        @JsonPropertyDescription(
            "How long after the merge a repair may start. Then it has Expired and is not started.")
        Span executeWithin,
    @Default(Defaults.REJECTION_SNOOZE)
        @SpanText
        @JsonPropertyDescription(
            "How long nothing is proposed for the same owner and kind of failure after a pull"
                + " request was closed without a merge, or merged with action None.")
        Span rejectionSnooze,
    @Default(Defaults.EMPTY_OBJECT)
        @JsonPropertyDescription("Who is asked to review the pull requests.")
        Review review) {

  public ClusterPolicySpec {
    suspend = or(suspend, false);
    clusterSelector = or(clusterSelector, new LabelSelector());
    clusterNamespaces = all(clusterNamespaces);
    includeManagementCluster = or(includeManagementCluster, false);
    controlPlaneTimeout = or(controlPlaneTimeout, Defaults.CONTROL_PLANE_TIMEOUT);
    machineStartupTimeout = or(machineStartupTimeout, Defaults.MACHINE_STARTUP_TIMEOUT);
    machineDeletionTimeout = or(machineDeletionTimeout, Defaults.MACHINE_DELETION_TIMEOUT);
    nodeNotReadyThreshold = or(nodeNotReadyThreshold, Defaults.NODE_NOT_READY_THRESHOLD);
    nodePressureThreshold = or(nodePressureThreshold, Defaults.NODE_PRESSURE_THRESHOLD);
    podCrashThreshold = or(podCrashThreshold, Defaults.POD_CRASH_THRESHOLD);
    workloadRolloutTimeout = or(workloadRolloutTimeout, Defaults.WORKLOAD_ROLLOUT_TIMEOUT);
    crdThreshold = or(crdThreshold, Defaults.CRD_THRESHOLD);
    shortInterval = or(shortInterval, Defaults.SHORT_INTERVAL);
    longInterval = or(longInterval, Defaults.LONG_INTERVAL);
    criticalCRDs = or(criticalCRDs, CriticalCrds.NONE);
    repository = or(repository, Defaults.REPOSITORY);
    branch = or(branch, "");
    workloadRepository = or(workloadRepository, "");
    approvals = all(approvals);
    allowedNamespaces = all(allowedNamespaces);
    maxUnhealthy = or(maxUnhealthy, new IntOrString(Defaults.MAX_UNHEALTHY));
    maxInFlight = or(maxInFlight, Defaults.MAX_IN_FLIGHT);
    maxOpenPullRequests = or(maxOpenPullRequests, Defaults.MAX_OPEN_PULL_REQUESTS);
    stormCooldown = or(stormCooldown, Defaults.STORM_COOLDOWN);
    retryBudget = or(retryBudget, Defaults.RETRY_BUDGET);
    retryWindow = or(retryWindow, Defaults.RETRY_WINDOW);
    minHealthyPeriod = or(minHealthyPeriod, Defaults.MIN_HEALTHY_PERIOD);
    stabilization = or(stabilization, Defaults.STABILIZATION);
    proposalTTL = or(proposalTTL, Defaults.PROPOSAL_TTL);
    executeWithin = or(executeWithin, Defaults.EXECUTE_WITHIN);
    rejectionSnooze = or(rejectionSnooze, Defaults.REJECTION_SNOOZE);
    review = or(review, Review.NOBODY);
  }

  /** All clusters of the policy's namespace, with every default. */
  @SuppressWarnings("NullAway") // The constructor fills what is absent, as it does for JSON.
  public static ClusterPolicySpec defaults() {
    return new ClusterPolicySpec(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null);
  }

  /** CRDs by their full names. */
  @Wire
  public record CriticalCrds(
      @Default(Defaults.EMPTY_LIST)
          @Size(max = 256)
          @JsonPropertyDescription("CRDs of the cluster the operator runs in, as plural.group.")
          List<@Pattern(CRD_NAME) @Size(max = Bounds.NAME) String> management,
      @Default(Defaults.EMPTY_LIST)
          @Size(max = 256)
          @JsonPropertyDescription("CRDs of every selected cluster, as plural.group.")
          List<@Pattern(CRD_NAME) @Size(max = Bounds.NAME) String> workload) {
    static final CriticalCrds NONE = new CriticalCrds(List.of(), List.of());
    private static final String CRD_NAME =
        "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$";

    public CriticalCrds {
      management = all(management);
      workload = all(workload);
    }
  }

  /** An entry matches if all of its conditions do. */
  @Wire
  public record Approval(
      @Default(Defaults.EMPTY_LIST)
          @Size(max = 7)
          @JsonPropertyDescription("Actions this entry is about; [] is all of them.")
          List<Action> actions,
      @JsonPropertyDescription("Clusters this entry is about, by their labels; absent is all.")
          @Nullable LabelSelector clusterSelector,
      @JsonPropertyDescription(
              "Machines this entry is about, by the labels of the Machine; absent is all, also"
                  + " targets without a Machine.")
          @Nullable LabelSelector machineSelector,
      @Default(Defaults.EMPTY_LIST)
          @Size(max = 64)
          @JsonPropertyDescription(
              "Namespaces of the pods and workloads this entry is about, * standing for any"
                  + " characters; [] is all, also targets without a namespace.")
          List<@Pattern("^[a-z0-9*]([-a-z0-9*]*[a-z0-9*])?$") @Size(max = Bounds.NAMESPACE) String>
              namespaces,
      @Required
          @JsonPropertyDescription(
              "PullRequest proposes and waits for the merge. Observe only reports in status.attention"
                  + " and proposes nothing.")
          Mode mode) {
    public Approval {
      actions = all(actions);
      namespaces = all(namespaces);
      mode = required(mode, "mode");
    }
  }

  /** Reviewers, as the Git server knows them. */
  @Wire
  public record Review(
      @Default(Defaults.EMPTY_LIST)
          @Size(max = 10)
          @JsonPropertyDescription("Users asked for a review, by their names on the Git server.")
          List<@Size(min = 1, max = Bounds.WORD) String> users,
      @Default(Defaults.EMPTY_LIST)
          @Size(max = 10)
          @JsonPropertyDescription("Teams of the repository's owner asked for a review.")
          List<@Size(min = 1, max = Bounds.WORD) String> teams,
      @Default(Defaults.REMIND_AFTER)
          @Pattern(REMIND_AFTER)
          @Size(max = Span.MAX_LENGTH)
          @JsonPropertyDescription(
              "How long a pull request may wait before its reviewers are reminded by one comment;"
                  + " \"\" is never.")
          String remindAfter) {
    static final Review NOBODY = new Review(List.of(), List.of(), Defaults.REMIND_AFTER);
    private static final String REMIND_AFTER =
        "^([1-9][0-9]{0,5}(ms|s|m|h)([0-9]{1,5}(ms|s|m|h))*)?$";

    public Review {
      users = all(users);
      teams = all(teams);
      remindAfter = or(remindAfter, Defaults.REMIND_AFTER);
      if (!remindAfter.isEmpty()) {
        remindAfter = new Span(remindAfter).text();
      }
    }

    public Optional<Duration> reminder() {
      return remindAfter.isEmpty()
          ? Optional.empty()
          : Optional.of(new Span(remindAfter).duration());
    }
  }
}
