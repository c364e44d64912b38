package io.nephio.recovery.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs that are started as a person would start them. */
public final class CommandLine {
  private CommandLine() {}

  /** Whether all of them are on the PATH. */
  public static boolean has(String... programs) {
    return List.of(programs).stream()
        .allMatch(p -> code(Path.of("."), "sh", "-c", "command -v " + p + " > /dev/null") == 0);
  }

  /** Runs one to its end, which must be a good one. */
  public static void run(Path folder, String... command) {
    int code = code(folder, command);
    if (code != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + code);
    }
  }

  /** Git, by somebody. */
  public static void git(Path folder, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@example.invalid"));
    command.addAll(List.of(arguments));
    run(folder, command.toArray(String[]::new));
  }

  private static int code(Path folder, String... command) {
    try {
      return new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
