package io.nephio.recovery.operator;

import io.nephio.recovery.deploy.Shipped;
import io.nephio.recovery.servers.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operator as its own process, which ends by SIGKILL. */
final class KilledProcess implements CrashStory.Host {
  private final Path folder;
  private @Nullable Process process;

  KilledProcess(Path folder) {
    this.folder = folder;
  }

  @Override
  public void start(Line management, String gitServer) {
    try {
      Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), management.kubeconfig());
      ProcessBuilder java =
          new ProcessBuilder(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  "io.nephio.recovery.cli.Recovery",
                  "operator",
                  "--http-host=127.0.0.1",
                  "--http-port=0"));
      java.environment().putAll(Shipped.environment("recovery-operator-0"));
      java.environment().put("GIT_SERVER_URL", gitServer);
      java.environment().put("KUBECONFIG", kubeconfig.toString());
      java.redirectErrorStream(true);
      java.redirectOutput(
          ProcessBuilder.Redirect.appendTo(folder.resolve("operator.log").toFile()));
      process = java.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void end() {
    if (process != null) {
      try {
        process.destroyForcibly().waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
