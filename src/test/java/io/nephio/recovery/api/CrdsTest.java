package io.nephio.recovery.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CrdsTest {
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
