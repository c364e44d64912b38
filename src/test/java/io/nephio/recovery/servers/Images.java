package io.nephio.recovery.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Images without a container engine: buildah builds them and runs their programs in a chroot. */
public final class Images {
  private static final String BASE = "localhost/jre";

  /**
   * What an image's program said.
   *
   * @param output standard output and standard error
   */
  public record Run(int exit, String output) {}

  private Images() {}

  private static Path storage() {
    return Servers.folder("image").resolve("storage");
  }

  private static Path standIn() {
    return Path.of("src/test/servers/image").toAbsolutePath();
  }

  /** Builds the Dockerfile in the root of the repository, as its own comment says. */
  public static void build(String dockerfile, String tag) {
    buildah(
        "bud",
        "--isolation",
        "chroot",
        "--pull-never",
        "--build-arg",
        "BASE=" + BASE,
        "-f",
        dockerfile,
        "-t",
        tag,
        ".");
  }

  public static void remove(String tag) {
    buildah("rmi", tag);
  }

  /** The user that the image says it runs as. */
  public static String user(String tag) {
    return buildah("inspect", "--type", "image", "--format", "{{.OCIv1.Config.User}}", tag).strip();
  }

  /** Starts the image's entry point with these arguments. */
  public static Run run(String tag, String user, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(standIn().resolve("podman").toString(), "run", "--user", user));
    command.add(tag);
    command.addAll(List.of(arguments));
    return start(command);
  }

  /** What makes kpt take the images from here. */
  public static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", standIn() + ":" + System.getenv("PATH"));
    environment.put("KPT_FN_RUNTIME", "podman");
    environment.put("KRM_FN_RUNTIME", "podman"); // its name since beta.57
    environment.put("RECOVERY_TEST_IMAGES", storage().toString());
    return environment;
  }

  private static String buildah(String... arguments) {
    List<String> command = new ArrayList<>(List.of("buildah", "--root", storage().toString()));
    command.addAll(List.of(arguments));
    Run run = start(command);
    if (run.exit() != 0) {
      throw new IllegalStateException(command + " failed with " + run.exit() + "\n" + run.output());
    }
    return run.output();
  }

  private static Run start(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment());
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
