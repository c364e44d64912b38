package io.nephio.recovery.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrdsTest {
  private static final Set<String> OF_KUBERNETES =
      Set.of("metadata", "conditions", "clusterSelector", "machineSelector");

  /** {@code mvn test -Dtest=CrdsTest -Dcrds.update} writes the files instead. */
  @Test
  void theCommittedFilesAreWhatTheClassesSay() throws IOException {
    Map<String, String> generated = Crds.generate();
    if (System.getProperty("crds.update") != null) {
      Files.createDirectories(Crds.FOLDER);
      for (var file : generated.entrySet()) {
        Files.writeString(Crds.FOLDER.resolve(file.getKey()), file.getValue());
      }
    }
    assertThat(committed()).containsExactlyEntriesOf(generated);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clusterpolicies", "remediations"})
  void everyFieldSaysWhatItMeans(String plural) {
    assertThat(fields("", schema(plural), field -> !field.has("description"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"clusterpolicies", "remediations"})
  void everyTextAndEveryListIsBounded(String plural) {
    assertThat(fields("", schema(plural), CrdsTest::unbounded)).isEmpty();
  }

  private static boolean unbounded(JsonNode field) {
    return switch (field.path("type").asText()) {
      case "array" -> !field.has("maxItems");
      case "string" ->
          !field.has("maxLength")
              && !field.has("enum")
              && !field.path("format").asText().equals("date-time")
              && !field.path("pattern").asText().matches(".*\\{[0-9]+}\\$");
      default -> false;
    };
  }

  private static Set<String> fields(String path, JsonNode parent, Predicate<JsonNode> wanted) {
    var found = new TreeSet<String>();
    for (var property : parent.path("properties").properties()) {
      JsonNode field = property.getValue();
      String at = path + "." + property.getKey();
      if (!OF_KUBERNETES.contains(property.getKey())) {
        if (wanted.test(field)) {
          found.add(at);
        }
        found.addAll(fields(at, field, wanted));
        found.addAll(fields(at + "[]", field.path("items"), wanted));
      }
    }
    return found;
  }

  private static JsonNode schema(String plural) {
    return Samples.tree(Crds.generate().get(plural + ".recovery.nephio.io.yaml"))
        .at("/spec/versions/0/schema/openAPIV3Schema");
  }

  private static Map<String, String> committed() throws IOException {
    var files = new TreeMap<String, String>();
    try (var folder = Files.newDirectoryStream(Crds.FOLDER)) {
      for (var file : folder) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return files;
  }
}
