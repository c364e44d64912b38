package io.nephio.recovery.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The real kustomize, built from its Go module. */
public final class Kustomize {
  private Kustomize() {}

  /** What it makes of a folder. */
  public static String build(Path folder) {
    String program = Servers.folder("kustomize").resolve("kustomize").toString();
    try {
      Process process =
          new ProcessBuilder(program, "build", folder.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("kustomize build " + folder + ": exit " + process.exitValue());
      }
      return output;
    } catch (IOException e) {
      throw new IllegalStateException("cannot run " + program, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + program, e);
    }
  }
}
