package io.nephio.recovery.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaFileTest {
  private static final Path FOLDER = Path.of("src/main/resources/io/nephio/recovery/rules");

  /** {@code mvn test -Dtest=SchemaFileTest -Dcrds.update} writes the files instead. */
  @ParameterizedTest
  @ValueSource(strings = {Kinds.POLICY, Kinds.REMEDIATION})
  void theSchemasAreThoseOfTheCrds(String kind) throws IOException {
    String digest = SchemaDigest.of(kind);
    Path file = FOLDER.resolve(kind + ".schema");
    if (System.getProperty("crds.update") != null) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, digest);
    }
    assertThat(Files.readString(file)).isEqualTo(digest);
  }

  @Test
  void everyPatternIsAnchoredAndHasWords() {
    Set<String> patterns = new TreeSet<>();
    for (String kind : SchemaDigest.CRDS.keySet()) {
      patterns.addAll(SchemaDigest.crd(kind).findValuesAsText("pattern"));
    }
    assertThat(patterns)
        .allMatch(p -> p.startsWith("^") && p.endsWith("$"))
        .allSatisfy(p -> assertThat(Form.of(p).people()).isNotEmpty());
  }

  /** Both the texts and the number of rules, so that neither side can go on alone. */
  @ParameterizedTest
  @ValueSource(strings = {Kinds.POLICY, Kinds.REMEDIATION})
  void theCelRulesAreThoseOfTheCrds(String kind) {
    JsonNode root = SchemaDigest.crd(kind).at("/spec/versions/0/schema/openAPIV3Schema");
    List<List<String>> stated = new java.util.ArrayList<>();
    for (String at : List.of("", "spec")) {
      JsonNode part = at.isEmpty() ? root : root.at("/properties/" + at);
      for (JsonNode rule : part.path("x-kubernetes-validations")) {
        String field = rule.path("fieldPath").asText();
        String whole = (at + field).replaceFirst("^\\.", "");
        stated.add(List.of(at, rule.path("rule").asText(), whole, rule.path("message").asText()));
      }
    }
    assertThat(root.findValues("x-kubernetes-validations").stream().mapToInt(JsonNode::size).sum())
        .isEqualTo(stated.size());
    assertThat(
            CelRule.ALL.stream()
                .filter(r -> r.kind().equals(kind))
                .map(r -> List.of(r.at(), r.cel(), r.field().text(), r.message())))
        .containsExactlyInAnyOrderElementsOf(stated);
  }
}
