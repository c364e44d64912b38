package io.nephio.recovery.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Objects;

/** One intended act, one attempt, on one target. */
@Group("recovery.nephio.io")
@Version("v1alpha1")
@Kind("Remediation")
@Plural("remediations")
@ShortNames("rem")
@Categories("recovery")
@JsonClassDescription(
    "One intended repair of one target: what was decided (spec, which never changes) and how far it"
        + " is (status). Made by the operator; without it nothing is executed. To approve or to"
        + " reject it, merge or close its pull request.")
@ValidationRule(
    value = "size(self.metadata.name) <= 63",
    fieldPath = ".metadata.name",
    message = "metadata.name must not be longer than 63 characters: it is also a label value")
@AdditionalPrinterColumn(
    name = "Cluster",
    jsonPath = ".spec.cluster.name",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Action",
    jsonPath = ".spec.action",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Target",
    jsonPath = ".spec.target.name",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Phase",
    jsonPath = ".status.phase",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.reason",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "PR",
    jsonPath = ".status.proposal.pullRequest",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Kind",
    jsonPath = ".spec.target.kind",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
public final class Remediation extends CustomResource<RemediationSpec, RemediationStatus>
    implements Namespaced {

  public RemediationSpec spec() {
    return Objects.requireNonNull(getSpec(), "the Remediation has no spec");
  }

  /** That of an object just created until the operator has written one. */
  public RemediationStatus status() {
    return getStatus() == null ? RemediationStatus.empty() : getStatus();
  }
}
