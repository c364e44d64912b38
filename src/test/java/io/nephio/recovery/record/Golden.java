package io.nephio.recovery.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text kept beside the tests, to be read by people; {@code -Dgolden.update} writes it anew. */
public final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/pull-requests");

  private Golden() {}

  public static void assertSame(String name, String text) {
    Path file = FOLDER.resolve(name + ".md");
    try {
      if (System.getProperty("golden.update") != null) {
        Files.createDirectories(FOLDER);
        Files.writeString(file, text);
      }
      assertThat(text).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
