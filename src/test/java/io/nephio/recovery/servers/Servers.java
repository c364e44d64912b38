package io.nephio.recovery.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;

/**
 * The folders of the real servers: built by {@code src/test/servers/build} once per machine.
 * Without the tools to build them the calling test is skipped, with one line that says so; on a
 * build server ({@code CI=true}) it fails, because a skipped suite looks like a passed one.
 */
public final class Servers {
  private static final int TOOLCHAIN_MISSING = 3;
  private static final String GO =
      "tests against the real %s need Go 1.26 or newer on the PATH (https://go.dev/dl)";
  private static final Map<String, Path> FOLDERS = new ConcurrentHashMap<>();
  private static final Set<String> TOLD = new HashSet<>();

  private Servers() {}

  /** The folder of what the script builds under that name. */
  public static synchronized Path folder(String server) {
    Path known = FOLDERS.get(server);
    if (known != null) {
      return known;
    }
    String assets = System.getenv("KUBEBUILDER_ASSETS");
    Path folder = server.equals("kube") && assets != null ? Path.of(assets) : build(server);
    FOLDERS.put(server, folder);
    return folder;
  }

  private static Path build(String server) {
    Path script = Path.of(System.getProperty("basedir", ""), "src/test/servers/build");
    try {
      Process build =
          new ProcessBuilder("bash", script.toString(), server)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String answer =
          new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = build.waitFor();
      if (code == TOOLCHAIN_MISSING) {
        return missing(server);
      }
      Path folder = Path.of(answer.substring(answer.indexOf('=') + 1));
      if (code != 0 || !answer.startsWith(server + "=") || !Files.isDirectory(folder)) {
        throw new IllegalStateException(script + " " + server + " failed with " + code);
      }
      return folder;
    } catch (IOException e) {
      throw new IllegalStateException("cannot run bash " + script, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while building " + server, e);
    }
  }

  private static Path missing(String server) {
    String what =
        switch (server) {
          case "image" -> "tests of the images need buildah, mmdebstrap and root";
          case "kube" ->
              GO.formatted(server) + ", or etcd and kube-apiserver in KUBEBUILDER_ASSETS";
          default -> GO.formatted(server);
        };
    if (Boolean.parseBoolean(System.getenv("CI")) || Boolean.getBoolean("CI")) {
      throw new IllegalStateException(what);
    }
    if (TOLD.add(what)) {
      System.err.println("******** SKIPPED: " + what + " ********");
    }
    return Assumptions.abort(what);
  }
}
