package io.nephio.recovery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PruneCommandTest {
  @TempDir Path tree;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "recovery/edge01/a.yaml     | Remediation | 721h | true",
        "recovery/edge01/a.yaml     | Remediation | 719h | false",
        "recovery/edge01/a.yaml     | Remediation | -24h | false",
        "recovery/edge01/a.yaml     | ConfigMap   | 721h | false",
        "recovery/edge01/a.txt      | Remediation | 721h | false",
        "recovery/edge01/x/a.yaml   | Remediation | 721h | false",
        "elsewhere/a.yaml           | Remediation | 721h | false",
      })
  void onlyRecordsThatExpiredLongAgoGo(String path, String kind, String ago, boolean goes)
      throws IOException {
    Path file = record(path, kind, ago);

    assertThat(prune(tree.toString())).isZero();

    assertThat(Files.exists(file)).isEqualTo(!goes);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(goes ? path + "\n" : "");
  }

  @Test
  void aDryRunOnlyPrintsThem() throws IOException {
    Path file = record("recovery/edge01/a.yaml", "Remediation", "2h");

    assertThat(prune("--older-than", "1h", "--dry-run", tree.toString())).isZero();

    assertThat(file).exists();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("recovery/edge01/a.yaml\n");
  }

  @Test
  void aLinkLeadsNowhere() throws IOException {
    Path file = record("elsewhere/a.yaml", "Remediation", "721h");
    Files.createSymbolicLink(tree.resolve("recovery"), file.getParent());

    assertThat(prune(tree.toString())).isZero();

    assertThat(file).exists();
  }

  @Test
  void whatIsNoDurationIsWrongUsage() {
    assertThat(prune("--older-than", "soon", tree.toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--older-than");
  }

  private Path record(String path, String kind, String ago) throws IOException {
    Instant expired = Instant.now().minus(Duration.parse("PT" + ago));
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(
        file,
        """
        apiVersion: "recovery.nephio.io/v1alpha1"
        kind: "%s"
        spec: {expiresAt: "%s"}
        """
            .formatted(kind, expired));
  }

  private int prune(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "prune";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Recovery.run(new PrintStream(out), new PrintStream(err), all);
  }
}
