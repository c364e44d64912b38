package io.nephio.recovery.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CopiesTest {
  private static final Path CRDS = KptPackage.OPERATOR.folder().resolve("crds");

  /** {@code mvn test -Dtest=CopiesTest -Ddeploy.update} writes the files instead. */
  @Test
  void theCommittedFilesAreWhatTheirSourcesSay() throws IOException {
    Map<Path, String> crds = Copies.ofTheClasses();
    write(crds);
    Map<Path, String> base = Copies.ofThePackage();
    write(base);
    assertThat(committed(CRDS)).isEqualTo(crds);
    assertThat(committed(Copies.BASE)).isEqualTo(base);
  }

  @Test
  void theKustomizationNamesEveryFileOfThePackage() {
    assertThat(Copies.order())
        .containsExactlyInAnyOrderElementsOf(KptPackage.OPERATOR.files().keySet());
  }

  private static void write(Map<Path, String> files) throws IOException {
    if (System.getProperty("deploy.update") != null) {
      for (var file : files.entrySet()) {
        Files.createDirectories(file.getKey().getParent());
        Files.writeString(file.getKey(), file.getValue());
      }
    }
  }

  private static Map<Path, String> committed(Path folder) throws IOException {
    var files = new TreeMap<Path, String>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file, Files.readString(file));
      }
    }
    return files;
  }
}
