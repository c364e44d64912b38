package io.nephio.recovery.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiffsTest {
  @Test
  void showsTheLinesAround() {
    assertThat(Diffs.unified("a.yaml", Optional.of("a\nb\n"), "a\nc\nb\n"))
        .isEqualTo("--- a/a.yaml\n+++ b/a.yaml\n@@ -1,2 +1,3 @@\n a\n+c\n b\n");
  }

  @Test
  void aNewFileComesFromNowhere() {
    assertThat(Diffs.unified("a.yaml", Optional.empty(), "a\n"))
        .isEqualTo("--- /dev/null\n+++ b/a.yaml\n@@ -0,0 +1 @@\n+a\n");
  }

  @Test
  void nothingChanged() {
    assertThat(Diffs.unified("a.yaml", Optional.of("a\n"), "a\n")).isEmpty();
  }

  @Test
  void aMissingLineEndIsSaid() {
    assertThat(Diffs.unified("a.yaml", Optional.of("a"), "b\n"))
        .contains("-a\n\\ No newline at end of file\n+b\n");
  }
}
