package io.nephio.recovery.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real kpt: its fn commands, built from its Go module. */
public final class Kpt {
  /**
   * What it said.
   *
   * @param output standard output and standard error
   */
  public record Run(int exit, String output) {}

  private Kpt() {}

  private static String program() {
    return Servers.folder("kpt").resolve("kpt").toString();
  }

  /** Runs {@code kpt fn} in the folder. */
  public static Run fn(Path folder, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program(), "fn"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Run(process.waitFor(), output);
    } catch (IOException e) {
      throw new IllegalStateException("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, e);
    }
  }
}
