package io.nephio.recovery.api;

import static io.nephio.recovery.api.Bounds.cut;
import static io.nephio.recovery.api.Bounds.last;
import static io.nephio.recovery.api.Bounds.or;
import static io.nephio.recovery.api.Bounds.required;
import static io.nephio.recovery.api.Bounds.seconds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SelectableField;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far it is. */
@Wire
@JsonClassDescription(
    "How far it is. Written by the operator only: what stands here decides what is executed.")
public record RemediationStatus(
    @JsonPropertyDescription("The metadata.generation that this status was made from.")
        @Nullable Long observedGeneration,
    @SelectableField
        @JsonPropertyDescription(
            "Detected, Proposed (the pull request waits for a person), Approved (merged, waits for"
                + " its turn), Executing, WaitingForSync (an engine applies the merge), Verifying;"
                + " then one of Succeeded, Failed, Unknown (a person must look), Rejected (closed,"
                + " or merged with action None), Healed (by itself), Superseded, Expired, Refused.")
        Phase phase,
    @Size(max = Bounds.WORD)
        @JsonPropertyDescription("Why it is in this phase, as one CamelCase word.")
        String reason,
    @Size(max = Bounds.TEXT) @JsonPropertyDescription("Why it is in this phase, for people.")
        String message,
    @Size(max = Bounds.CONDITIONS)
        @JsonPropertyDescription(
            "Blocked: it cannot go on for now, see reason and retryAt. Synced: the engine has"
                + " applied the merge. Healthy: the target works again.")
        List<Condition> conditions,
    @JsonPropertyDescription("When it is tried again; present while it is Blocked.")
        @Nullable Instant retryAt,
    @JsonPropertyDescription("The pull request, and the branch and commit it is made of.")
        @Nullable Proposal proposal,
    @JsonPropertyDescription("The merge.") @Nullable Approval approval,
    @JsonPropertyDescription("What was done in the cluster.") @Nullable Execution execution,
    @JsonPropertyDescription(
            "Since when the target is healthy after the repair. After stabilization without a break"
                + " the remediation has Succeeded.")
        @Nullable Instant healthySince,
    @JsonPropertyDescription(
            "Until when nothing is proposed for the same owner and kind of failure, because this was"
                + " rejected. Reopening the pull request undoes it.")
        @Nullable Instant snoozedUntil,
    @Size(max = Bounds.HISTORY)
        @JsonPropertyDescription("The last 10 changes of phase, oldest first.")
        List<Transition> history) {
  private static final RemediationStatus EMPTY =
      new RemediationStatus(
          null, Phase.Detected, "", "", List.of(), null, null, null, null, null, null, List.of());

  public RemediationStatus {
    phase = or(phase, Phase.Detected);
    reason = cut(reason, Bounds.WORD);
    message = cut(message, Bounds.TEXT);
    conditions = Bounds.conditions(conditions);
    retryAt = seconds(retryAt);
    healthySince = seconds(healthySince);
    snoozedUntil = seconds(snoozedUntil);
    history = last(history, Bounds.HISTORY);
  }

  /** That of an object just created: Detected, and nothing sent to the Git server yet. */
  public static RemediationStatus empty() {
    return EMPTY;
  }

  public RemediationStatus with(Phase phase, String reason, String message) {
    var draft = new Draft(this);
    draft.phase = phase;
    draft.reason = reason;
    draft.message = message;
    return draft.status();
  }

  public RemediationStatus withObservedGeneration(@Nullable Long observedGeneration) {
    var draft = new Draft(this);
    draft.observedGeneration = observedGeneration;
    return draft.status();
  }

  public RemediationStatus withConditions(List<Condition> conditions) {
    var draft = new Draft(this);
    draft.conditions = conditions;
    return draft.status();
  }

  public RemediationStatus withRetryAt(@Nullable Instant retryAt) {
    var draft = new Draft(this);
    draft.retryAt = retryAt;
    return draft.status();
  }

  public RemediationStatus withProposal(@Nullable Proposal proposal) {
    var draft = new Draft(this);
    draft.proposal = proposal;
    return draft.status();
  }

  public RemediationStatus withApproval(@Nullable Approval approval) {
    var draft = new Draft(this);
    draft.approval = approval;
    return draft.status();
  }

  public RemediationStatus withExecution(@Nullable Execution execution) {
    var draft = new Draft(this);
    draft.execution = execution;
    return draft.status();
  }

  public RemediationStatus withHealthySince(@Nullable Instant healthySince) {
    var draft = new Draft(this);
    draft.healthySince = healthySince;
    return draft.status();
  }

  public RemediationStatus withSnoozedUntil(@Nullable Instant snoozedUntil) {
    var draft = new Draft(this);
    draft.snoozedUntil = snoozedUntil;
    return draft.status();
  }

  public RemediationStatus withHistory(List<Transition> history) {
    var draft = new Draft(this);
    draft.history = history;
    return draft.status();
  }

  /**
   * Written with branch and commit before anything is pushed, with the number once there is one.
   */
  @Wire
  public record Proposal(
      @Required
          @Size(max = Bounds.REPOSITORY)
          @JsonPropertyDescription("Its repository, as owner/name on the operator's Git server.")
          String repository,
      @Required
          @Size(max = Bounds.BRANCH)
          @JsonPropertyDescription("The branch it is to be merged into.")
          String base,
      @Required @Size(max = Bounds.BRANCH) @JsonPropertyDescription("The branch it is made from.")
          String branch,
      @Required
          @Size(max = Bounds.COMMIT)
          @JsonPropertyDescription(
              "The operator's commit. Only a pull request with this branch and this commit counts.")
          String commit,
      @JsonPropertyDescription("The number of the pull request; absent before it is opened.")
          @Nullable Long pullRequest,
      @Size(max = Bounds.URL)
          @JsonPropertyDescription("Where to review it; \"\" before it is opened.")
          String url) {
    public Proposal {
      repository = required(repository, "status.proposal.repository");
      base = required(base, "status.proposal.base");
      branch = required(branch, "status.proposal.branch");
      commit = required(commit, "status.proposal.commit");
      url = cut(url, Bounds.URL);
    }
  }

  /** A human's merge. */
  @Wire
  public record Approval(
      @Required
          @Size(max = Bounds.NAME)
          @JsonPropertyDescription("Who merged, by the name on the Git server.")
          String mergedBy,
      @Required @JsonPropertyDescription("When it was merged.") Instant mergedAt,
      @Required
          @Size(max = Bounds.COMMIT)
          @JsonPropertyDescription("The commit at which the record is read: what is executed.")
          String mergeCommit,
      @Required
          @JsonPropertyDescription(
              "Until when the repair may start. Waiting for maxInFlight extends it, up to"
                  + " spec.expiresAt.")
          Instant executeBefore) {
    public Approval {
      mergedBy = cut(mergedBy, Bounds.NAME);
      mergedAt = seconds(mergedAt, "status.approval.mergedAt");
      mergeCommit = required(mergeCommit, "status.approval.mergeCommit");
      executeBefore = seconds(executeBefore, "status.approval.executeBefore");
    }
  }

  /** Written before the first change in the cluster, and again after the last. */
  @Wire
  public record Execution(
      @Required @JsonPropertyDescription("When it was started.") Instant startedAt,
      @JsonPropertyDescription("When it was over; absent while it runs.")
          @Nullable Instant finishedAt,
      @JsonPropertyDescription(
              "Done; RejectedSafe: the API server said no and nothing was changed; Refused: it was"
                  + " no longer right and nothing was changed; Unknown: nobody knows whether it"
                  + " happened, a person must look. Absent while it runs.")
          @Nullable Outcome outcome,
      @JsonPropertyDescription(
              "Whether the Node is cordoned by the operator. Undone on every way out but the"
                  + " Machine's deletion.")
          Boolean cordoned) {
    public Execution {
      startedAt = seconds(startedAt, "status.execution.startedAt");
      finishedAt = seconds(finishedAt);
      cordoned = or(cordoned, false);
    }
  }

  /** What came of the act. */
  public enum Outcome {
    Done,
    RejectedSafe,
    Refused,
    Unknown
  }

  /** A change of phase. */
  @Wire
  public record Transition(
      @Required @JsonPropertyDescription("When.") Instant at,
      @Required @JsonPropertyDescription("The new phase.") Phase phase,
      @Required
          @Size(max = Bounds.WORD)
          @JsonPropertyDescription("Why, as one CamelCase word; \"\" if the phase says it all.")
          String reason) {
    public Transition {
      at = seconds(at, "status.history.at");
      phase = required(phase, "status.history.phase");
      reason = cut(reason, Bounds.WORD);
    }
  }

  /** A copy that is about to differ in something. */
  private static final class Draft {
    @Nullable Long observedGeneration;
    Phase phase;
    String reason;
    String message;
    List<Condition> conditions;
    @Nullable Instant retryAt;
    @Nullable Proposal proposal;
    @Nullable Approval approval;
    @Nullable Execution execution;
    @Nullable Instant healthySince;
    @Nullable Instant snoozedUntil;
    List<Transition> history;

    Draft(RemediationStatus of) {
      observedGeneration = of.observedGeneration;
      phase = of.phase;
      reason = of.reason;
      message = of.message;
      conditions = of.conditions;
      retryAt = of.retryAt;
      proposal = of.proposal;
      approval = of.approval;
      execution = of.execution;
      healthySince = of.healthySince;
      snoozedUntil = of.snoozedUntil;
      history = of.history;
    }

    RemediationStatus status() {
      return new RemediationStatus(
          observedGeneration,
          phase,
          reason,
          message,
          conditions,
          retryAt,
          proposal,
          approval,
          execution,
          healthySince,
          snoozedUntil,
          history);
    }
  }
}
