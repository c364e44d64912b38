package io.nephio.recovery.rules;

import java.util.Optional;

/** Everything that is checked. The id is stable: people mute by it, programs count by it. */
public enum Rule {
  API_VERSION("api-version", Severity.error, "a kind and version that the CRDs define"),
  METADATA("metadata", Severity.error, "a name, labels and annotations as Kubernetes takes them"),
  TYPE("type", Severity.error, "a value of the type that its field has"),
  UNKNOWN_FIELD("unknown-field", Severity.error, "no field that nobody knows"),
  REQUIRED("required", Severity.error, "every field that has no default"),
  ENUM("enum", Severity.error, "one of the values that its field has"),
  PATTERN("pattern", Severity.error, "a text of the form that its field has"),
  SIZE("size", Severity.error, "a text or a list of a length that its field takes"),
  RANGE("range", Severity.error, "a number that its field takes"),
  DUPLICATE("duplicate", Severity.error, "no entry twice in a list that is a set"),
  STAR_ALONE("star-alone", Severity.error, "'*' alone in clusterNamespaces"),
  INTERVALS("intervals", Severity.error, "shortInterval not longer than longInterval"),
  MAX_UNHEALTHY("max-unhealthy", Severity.error, "a number from 1 or a percentage from 1% to 100%"),
  SPEC_IMMUTABLE("spec-immutable", Severity.error, "a Remediation's spec as it was decided"),
  MACHINE_REQUIRED("machine-required", Severity.error, "spec.machine for the replacing actions"),
  TARGET_UID("target-uid", Severity.error, "the uid of the target, unless it is a missing CRD"),
  NAME_LENGTH("name-length", Severity.error, "a Remediation's name of at most 63 characters"),

  SAME_OBJECT_TWICE("same-object-twice", Severity.error, "every object once in a package"),
  STATUS_WRITTEN("status-written", Severity.warning, "no status, which the operator alone writes"),
  TIME_BELOW_CLUSTER_API(
      "time-below-cluster-api",
      Severity.error,
      "at least the 75 s that Cluster API needs to notice a lost connection"),
  THRESHOLD_BELOW_PACE(
      "threshold-below-pace", Severity.warning, "thresholds not shorter than shortInterval"),
  TIMES_CONTRADICT("times-contradict", Severity.warning, "times that leave each other an effect"),
  BUDGET_UNREACHABLE(
      "budget-unreachable", Severity.warning, "a retryBudget that retryWindow lets run out"),
  NOTHING_EVER_DONE(
      "nothing-ever-done", Severity.error, "enough time for a person to merge and for us to act"),
  ALL_AT_ONCE("all-at-once", Severity.warning, "a maxUnhealthy that can be passed"),
  SELECTOR_INVALID("selector-invalid", Severity.error, "label selectors as Kubernetes takes them"),
  SELECTS_NOTHING("selects-nothing", Severity.error, "selectors that something can match"),
  SELECTS_EVERYTHING(
      "selects-everything", Severity.warning, "not every cluster of every namespace"),
  SAME_CLUSTERS("same-clusters", Severity.error, "one policy for a cluster"),
  CLUSTERS_OVERLAP("clusters-overlap", Severity.warning, "policies that cannot meet in a cluster"),
  CRD_IMPOSSIBLE("crd-impossible", Severity.error, "names that a CRD can have"),
  APPROVAL_UNREACHED("approval-unreached", Severity.warning, "no entry behind one that has it all"),
  APPROVAL_POINTLESS("approval-pointless", Severity.warning, "entries that something can match"),
  ONLY_OBSERVED("only-observed", Severity.warning, "something left to propose"),
  BRANCH("branch", Severity.error, "a branch that git takes and nobody else claims"),
  REPOSITORY("repository", Severity.error, "repository names that Gitea takes"),
  NOT_PROTECTED("not-protected", Severity.warning, "only protected names in allowedNamespaces"),
  RECORD_NAME("record-name", Severity.error, "a record named after its fingerprint and attempt"),
  RECORD_NAMESPACE("record-namespace", Severity.error, "a record in the namespace of its policy"),
  RECORD_NOT_LOCAL("record-not-local", Severity.error, "records that no engine applies"),
  RECORD_TIMES("record-times", Severity.error, "failingSince, proposedAt, expiresAt in that order"),
  RECORD_TARGET("record-target", Severity.error, "an action that fits what fails"),
  RECORD_EDIT("record-edit", Severity.error, "an edit inside its package, where an action has one"),
  RECORD_BEYOND_POLICY(
      "record-beyond-policy", Severity.warning, "a record that waits no longer than its policy"),

  INPUT("input", Severity.error, "input that can be read"),
  CONFIG("config", Severity.warning, "a functionConfig that is understood"),
  NO_POLICY("no-policy", Severity.info, "a ClusterPolicy or a Remediation to check"),
  INTERNAL("internal", Severity.error, "a program without faults");

  private final String id;
  private final Severity severity;
  private final String demand;

  Rule(String id, Severity severity, String demand) {
    this.id = id;
    this.severity = severity;
    this.demand = demand;
  }

  public String id() {
    return id;
  }

  public Severity severity() {
    return severity;
  }

  /** What it asks for, in a few words. */
  public String demand() {
    return demand;
  }

  /** Whether the API server itself refuses what breaks this rule. */
  public boolean ofServer() {
    return compareTo(NAME_LENGTH) <= 0;
  }

  /** Whether people may do without it: not what is refused in any case, nor what is about us. */
  public boolean mutable() {
    return !ofServer() && compareTo(RECORD_BEYOND_POLICY) <= 0;
  }

  /** The rule of this id. */
  public static Optional<Rule> of(String id) {
    for (Rule rule : values()) {
      if (rule.id.equals(id)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }
}
