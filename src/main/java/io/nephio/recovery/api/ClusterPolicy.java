package io.nephio.recovery.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Objects;

/** What an administrator allows the operator. */
@Group("recovery.nephio.io")
@Version("v1alpha1")
@Kind("ClusterPolicy")
@Plural("clusterpolicies")
@ShortNames("cpol")
@Categories("recovery")
@JsonClassDescription(
    "Which clusters are watched, when something counts as failing, and how much may be proposed and"
        + " done about it. Nothing changes in a cluster until a person merges the pull request that"
        + " proposes it.")
@AdditionalPrinterColumn(
    name = "Clusters",
    jsonPath = ".status.summary.clusters",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Degraded",
    jsonPath = ".status.summary.degraded",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Waiting",
    jsonPath = ".status.summary.openPullRequests",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Valid",
    jsonPath = ".status.conditions[?(@.type==\"Valid\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Git",
    jsonPath = ".status.conditions[?(@.type==\"GitReady\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class ClusterPolicy extends CustomResource<ClusterPolicySpec, ClusterPolicyStatus>
    implements Namespaced {

  public ClusterPolicySpec spec() {
    return Objects.requireNonNull(getSpec(), "the ClusterPolicy has no spec");
  }

  /** Empty until the operator has seen the policy. */
  public ClusterPolicyStatus status() {
    return getStatus() == null ? ClusterPolicyStatus.empty() : getStatus();
  }
}
