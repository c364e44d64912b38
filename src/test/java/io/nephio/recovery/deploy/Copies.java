package io.nephio.recovery.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.nephio.recovery.api.Crds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The files that are made from others, so that each thing has one source: the CRDs of the package
 * from the classes, and all of deploy/base from the package.
 */
final class Copies {
  static final Path BASE = Path.of("deploy/base");

  /** As they must be applied: what others refer to or live in comes first. */
  private static final List<String> ORDER =
      List.of(
          "namespace.yaml",
          "crds/clusterpolicies.recovery.nephio.io.yaml",
          "crds/remediations.recovery.nephio.io.yaml",
          "service-account.yaml",
          "rbac.yaml",
          "environment.yaml",
          "deployment.yaml",
          "service.yaml");

  /** As kpt writes YAML, so that a render changes nothing: no line is folded. */
  private static final YAMLMapper UNFOLDED =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .disable(YAMLGenerator.Feature.SPLIT_LINES)
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                  .build())
          .build();

  private Copies() {}

  /** The text of the package's CRDs, by their paths. */
  static Map<Path, String> ofTheClasses() {
    var copies = new TreeMap<Path, String>();
    Crds.generate()
        .forEach(
            (name, text) ->
                copies.put(KptPackage.OPERATOR.folder().resolve("crds/" + name), unfolded(text)));
    return copies;
  }

  private static String unfolded(String crd) {
    try {
      return "# Made from the classes of the package api.\n"
          + UNFOLDED.writeValueAsString(UNFOLDED.readValue(crd, JsonNode.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of deploy/base, by its paths. */
  static Map<Path, String> ofThePackage() {
    var copies = new TreeMap<Path, String>();
    KptPackage.OPERATOR
        .files()
        .forEach((name, text) -> copies.put(BASE.resolve(name), KptPackage.unmarked(text)));
    copies.put(BASE.resolve("kustomization.yaml"), kustomization());
    return copies;
  }

  private static String kustomization() {
    return "# Made from packages/recovery-operator.\n"
        + "apiVersion: kustomize.config.k8s.io/v1beta1\n"
        + "kind: Kustomization\n"
        + "resources:\n"
        + ORDER.stream().map(name -> "- " + name + "\n").collect(Collectors.joining());
  }

  static List<String> order() {
    return ORDER;
  }
}
