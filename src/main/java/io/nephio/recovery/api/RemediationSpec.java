package io.nephio.recovery.api;

import static io.nephio.recovery.api.Bounds.cut;
import static io.nephio.recovery.api.Bounds.first;
import static io.nephio.recovery.api.Bounds.or;
import static io.nephio.recovery.api.Bounds.required;
import static io.nephio.recovery.api.Bounds.seconds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SelectableField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was decided. The same in the record that people review and in the ledger. */
@Wire
@JsonClassDescription(
    "What was decided. It never changes: to stop it, close its pull request. It stands also, for"
        + " review, in the record that the pull request adds.")
@ValidationRule(
    value = "self == oldSelf",
    reason = "FieldValueForbidden",
    message = "spec is what was decided and cannot be changed; close the pull request instead")
@ValidationRule(
    value = "!(self.action in ['ReplaceMachine','ReplaceNode']) || has(self.machine)",
    fieldPath = ".machine",
    reason = "FieldValueRequired",
    messageExpression = "self.action + ' needs spec.machine: the Machine that is to be deleted'",
    message = "this action needs spec.machine: the Machine that is to be deleted")
@ValidationRule(
    value = "self.action == 'ReapplyCrd' || self.target.uid != ''",
    fieldPath = ".target.uid",
    message =
        "target.uid must name the very object that fails; only a missing CRD (action ReapplyCrd)"
            + " has none")
public record RemediationSpec(
    @Required
        @JsonPropertyDescription(
            "What is done once the pull request is merged. A reviewer may change it to None to merge"
                + " the record and have nothing done.")
        Action action,
    @Required
        @JsonPropertyDescription(
            "Until when the pull request may be merged. A later merge does nothing. A reviewer may"
                + " set an earlier time.")
        Instant expiresAt,
    @Default(Defaults.EMPTY_TEXT)
        @Size(max = Bounds.TEXT)
        @JsonPropertyDescription("Free for reviewers; the operator only shows it.")
        String note,
    @Required
        @JsonPropertyDescription("The ClusterPolicy that this was decided by, as it was then.")
        PolicyRef policy,
    @Required @JsonPropertyDescription("The cluster in which something fails.")
        ClusterIdentity cluster,
    @Required @JsonPropertyDescription("What fails.") Target target,
    @JsonPropertyDescription(
            "The Machine that is deleted, in the management cluster. Needed for ReplaceMachine and"
                + " ReplaceNode.")
        @Nullable MachineRef machine,
    @JsonPropertyDescription(
            "What makes a new target when the old one goes: a MachineDeployment, a control plane, a"
                + " workload. Repairs are counted against it.")
        @Nullable Owner owner,
    @JsonPropertyDescription(
            "The file of a package that the pull request changes. Where an engine applies the"
                + " package, the merge itself is the repair.")
        @Nullable Edit edit,
    @Required
        @Size(max = Bounds.WORD)
        @JsonPropertyDescription("Why the target counts as failing, like NodeNotReady.")
        String reason,
    @Required @JsonPropertyDescription("The kind of failure, which stays while reasons change.")
        FailureClass failureClass,
    @Required
        @Pattern(EIGHT_HEX)
        @JsonPropertyDescription("Stands for policy, cluster, target and kind of failure.")
        String fingerprint,
    @Required
        @Pattern(EIGHT_HEX)
        @JsonPropertyDescription(
            "Stands for cluster, owner and kind of failure: what retryBudget and snoozes go by.")
        String lineage,
    @Required
        @Min(1)
        @JsonPropertyDescription("Counts the proposals for this fingerprint; 1 is the first.")
        Integer attempt,
    @Required @JsonPropertyDescription("Since when the target fails.") Instant failingSince,
    @Required @JsonPropertyDescription("When this was decided; also the time of the commit.")
        Instant proposedAt,
    @Default(Defaults.EXECUTE_WITHIN)
        @SpanText
        @JsonPropertyDescription(
            "How long after the merge the repair may start. Then it has Expired and is not started.")
        Span executeWithin,
    @Default(Defaults.STABILIZATION)
        @SpanText
        @JsonPropertyDescription(
            "How long the target must be healthy after the repair. Then the remediation has"
                + " Succeeded.")
        Span stabilization,
    @Required
        @Size(max = Bounds.SENTENCE)
        @JsonPropertyDescription("Why this was proposed and was allowed to be, in one sentence.")
        String why,
    @Default(Defaults.EMPTY_LIST)
        @Size(max = Bounds.EVIDENCE)
        @JsonPropertyDescription("What was seen, most telling first.")
        List<Evidence> evidence) {
  private static final String EIGHT_HEX = "^[0-9a-f]{8}$";

  public RemediationSpec {
    action = required(action, "spec.action");
    expiresAt = seconds(expiresAt, "spec.expiresAt");
    note = cut(note, Bounds.TEXT);
    policy = required(policy, "spec.policy");
    cluster = required(cluster, "spec.cluster");
    target = required(target, "spec.target");
    reason = cut(required(reason, "spec.reason"), Bounds.WORD);
    failureClass = required(failureClass, "spec.failureClass");
    fingerprint = required(fingerprint, "spec.fingerprint");
    lineage = required(lineage, "spec.lineage");
    attempt = required(attempt, "spec.attempt");
    failingSince = seconds(failingSince, "spec.failingSince");
    proposedAt = seconds(proposedAt, "spec.proposedAt");
    executeWithin = or(executeWithin, Defaults.EXECUTE_WITHIN);
    stabilization = or(stabilization, Defaults.STABILIZATION);
    why = cut(required(why, "spec.why"), Bounds.SENTENCE);
    evidence = first(evidence, Bounds.EVIDENCE);
  }

  /** A ClusterPolicy as it was. */
  @Wire
  public record PolicyRef(
      @Required @Size(max = Bounds.NAMESPACE) @JsonPropertyDescription("Its namespace.")
          String namespace,
      @Required @Size(max = Bounds.NAME) @JsonPropertyDescription("Its name.") String name,
      @Default(Defaults.EMPTY_TEXT)
          @Size(max = Bounds.WORD)
          @JsonPropertyDescription("Its uid; \"\" if it was read from a file without one.")
          String uid,
      @JsonPropertyDescription("Its metadata.generation; absent if read from a file without one.")
          @Nullable Long generation) {
    public PolicyRef {
      namespace = required(namespace, "spec.policy.namespace");
      name = required(name, "spec.policy.name");
      uid = or(uid, "");
    }
  }

  /** A cluster that cannot be mistaken for a later one of the same name. */
  @Wire
  public record ClusterIdentity(
      @Required @Size(max = Bounds.NAMESPACE) @JsonPropertyDescription("Namespace of the Cluster.")
          String namespace,
      @Required
          @SelectableField
          @Size(max = Bounds.NAME)
          @JsonPropertyDescription("Name of the Cluster.")
          String name,
      @Default(Defaults.EMPTY_TEXT)
          @Size(max = Bounds.WORD)
          @JsonPropertyDescription(
              "uid of the Cluster. Nothing is executed in a Cluster with another one.")
          String uid,
      @Default(Defaults.EMPTY_TEXT)
          @Size(max = Bounds.WORD)
          @JsonPropertyDescription(
              "uid of the cluster's kube-system namespace; \"\" if it was not seen. Nothing is"
                  + " executed in a cluster with another one.")
          String kubeSystemUid) {
    public ClusterIdentity {
      namespace = required(namespace, "spec.cluster.namespace");
      name = required(name, "spec.cluster.name");
      uid = or(uid, "");
      kubeSystemUid = or(kubeSystemUid, "");
    }
  }

  /** The very object that fails. */
  @Wire
  public record Target(
      @Required @Size(max = Bounds.NAME) @JsonPropertyDescription("Its apiVersion, like apps/v1.")
          String apiVersion,
      @Required @Size(max = Bounds.WORD) @JsonPropertyDescription("Its kind.") String kind,
      @Size(max = Bounds.NAMESPACE)
          @JsonPropertyDescription("Its namespace; absent if it has none.")
          @Nullable String namespace,
      @Required @Size(max = Bounds.NAME) @JsonPropertyDescription("Its name.") String name,
      @Default(Defaults.EMPTY_TEXT)
          @Size(max = Bounds.WORD)
          @JsonPropertyDescription(
              "Its uid; \"\" for a missing CRD. An object of the same name with another uid is left"
                  + " alone.")
          String uid) {
    public Target {
      apiVersion = required(apiVersion, "spec.target.apiVersion");
      kind = required(kind, "spec.target.kind");
      name = required(name, "spec.target.name");
      uid = or(uid, "");
    }
  }

  /** The Machine that is to be deleted. */
  @Wire
  public record MachineRef(
      @Required @Size(max = Bounds.NAMESPACE) @JsonPropertyDescription("Its namespace.")
          String namespace,
      @Required @Size(max = Bounds.NAME) @JsonPropertyDescription("Its name.") String name,
      @Required
          @Size(min = 1, max = Bounds.WORD)
          @JsonPropertyDescription(
              "Its uid. A Machine of the same name with another uid is left alone.")
          String uid) {
    public MachineRef {
      namespace = required(namespace, "spec.machine.namespace");
      name = required(name, "spec.machine.name");
      uid = required(uid, "spec.machine.uid");
    }
  }

  /** What makes a new one. */
  @Wire
  public record Owner(
      @Required @Size(max = Bounds.NAME) @JsonPropertyDescription("Its apiVersion, like apps/v1.")
          String apiVersion,
      @Required @Size(max = Bounds.WORD) @JsonPropertyDescription("Its kind.") String kind,
      @Size(max = Bounds.NAMESPACE)
          @JsonPropertyDescription("Its namespace; absent if it has none.")
          @Nullable String namespace,
      @Required @Size(max = Bounds.NAME) @JsonPropertyDescription("Its name.") String name,
      @Default(Defaults.EMPTY_TEXT)
          @Size(max = Bounds.NAME)
          @JsonPropertyDescription(
              "The revision of a workload that fails; \"\" if it has none. Another revision is"
                  + " another failure.")
          String revision) {
    public Owner {
      apiVersion = required(apiVersion, "spec.owner.apiVersion");
      kind = required(kind, "spec.owner.kind");
      name = required(name, "spec.owner.name");
      revision = or(revision, "");
    }
  }

  /** A change in a package. */
  @Wire
  public record Edit(
      @Required
          @Size(max = Bounds.TEXT)
          @JsonPropertyDescription("The changed file, from the root of the repository.")
          String path,
      @Required
          @Size(max = Bounds.TEXT)
          @JsonProperty("package")
          @JsonPropertyDescription("The directory of the package that the file belongs to.")
          String pkg,
      @Required
          @Pattern("^[0-9a-f]{64}$")
          @JsonPropertyDescription(
              "SHA-256 of the document in the changed file that holds the object. What is merged must"
                  + " have it, else it is refused.")
          String sha256,
      @JsonPropertyDescription(
              "Where the package is, if Porch's Repository object told; absent if the policy did.")
          @Nullable Place place) {
    public Edit {
      path = required(path, "spec.edit.path");
      pkg = required(pkg, "spec.edit.package");
      sha256 = required(sha256, "spec.edit.sha256");
    }
  }

  /** Where Porch has registered the packages of a cluster. */
  @Wire
  public record Place(
      @Required
          @Size(max = Bounds.REPOSITORY)
          @JsonPropertyDescription("The repository, as owner/name on the operator's Git server.")
          String repository,
      @Required @Size(max = Bounds.BRANCH) @JsonPropertyDescription("The branch that is deployed.")
          String branch,
      @Default(Defaults.EMPTY_TEXT)
          @Size(max = Bounds.TEXT)
          @JsonPropertyDescription("The directory that holds the packages; \"\" is the root.")
          String directory) {
    public Place {
      repository = required(repository, "spec.edit.place.repository");
      branch = required(branch, "spec.edit.place.branch");
      directory = or(directory, "");
    }
  }

  /** One thing that was seen. */
  @Wire
  public record Evidence(
      @Required
          @Size(max = Bounds.SENTENCE)
          @JsonPropertyDescription("Where it was seen, as kind and name.")
          String object,
      @Required
          @Size(max = Bounds.SENTENCE)
          @JsonPropertyDescription("What was seen, like Ready=Unknown.")
          String condition,
      @Default(Defaults.EMPTY_TEXT)
          @Size(max = Bounds.TEXT)
          @JsonPropertyDescription("What the object itself gives as the reason.")
          String reason,
      @JsonPropertyDescription("Since when; absent if the object does not say.")
          @Nullable Instant since) {
    public Evidence {
      object = cut(object, Bounds.SENTENCE);
      condition = cut(condition, Bounds.SENTENCE);
      reason = cut(reason, Bounds.TEXT);
      since = seconds(since);
    }
  }
}
