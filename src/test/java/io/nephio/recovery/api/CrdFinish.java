package io.nephio.recovery.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the generator leaves out: descriptions of the whole, and the order of the columns. */
final class CrdFinish implements CRDPostProcessor {
  private record Types(Class<?> kind, Class<?> spec, Class<?> status) {}

  private static final List<Types> KINDS =
      List.of(
          new Types(ClusterPolicy.class, ClusterPolicySpec.class, ClusterPolicyStatus.class),
          new Types(Remediation.class, RemediationSpec.class, RemediationStatus.class));

  @Override
  public HasMetadata process(HasMetadata resource, String crdVersion) {
    var crd = (CustomResourceDefinition) resource;
    String kind = crd.getSpec().getNames().getKind();
    Types types =
        KINDS.stream().filter(t -> t.kind().getSimpleName().equals(kind)).findFirst().orElseThrow();
    crd.getSpec().getVersions().forEach(version -> finish(version, types));
    return crd;
  }

  private static void finish(CustomResourceDefinitionVersion version, Types types) {
    version.setAdditionalPrinterColumns(
        inOrder(version.getAdditionalPrinterColumns(), types.kind()));
    var root = version.getSchema().getOpenAPIV3Schema();
    root.setRequired(List.of("spec"));
    root.setDescription(description(types.kind()));
    var spec = root.getProperties().get("spec");
    spec.setDescription(description(types.spec()));
    var status = root.getProperties().get("status");
    status.setDescription(description(types.status()));
    declareName(root);
    SchemaFinish.finish(root);
  }

  /** A rule can point at metadata.name only if the schema names it. */
  private static void declareName(JSONSchemaProps root) {
    if (root.getXKubernetesValidations().stream()
        .anyMatch(rule -> ".metadata.name".equals(rule.getFieldPath()))) {
      root.getProperties()
          .put(
              "metadata",
              new JSONSchemaPropsBuilder()
                  .withType("object")
                  .addToProperties("name", new JSONSchemaPropsBuilder().withType("string").build())
                  .build());
    }
  }

  private static List<CustomResourceColumnDefinition> inOrder(
      List<CustomResourceColumnDefinition> columns, Class<?> kind) {
    List<String> names =
        Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    return columns.stream()
        .sorted(Comparator.comparingInt(column -> names.indexOf(column.getName())))
        .toList();
  }

  private static String description(Class<?> type) {
    return type.getAnnotation(JsonClassDescription.class).value();
  }
}
