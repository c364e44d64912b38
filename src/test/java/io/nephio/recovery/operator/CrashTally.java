package io.nephio.recovery.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The points of all the stories of a run, in a file for each: they are told in several JVMs. */
final class CrashTally {
  private static final Path FOLDER = folder();

  private CrashTally() {}

  private static Path folder() {
    try {
      String told = System.getProperty("crash.points");
      return told == null
          ? Files.createTempDirectory("crash-points-")
          : Files.createDirectories(Path.of(told));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void add(String story, List<String> points, Duration calm, Duration whole) {
    try {
      Files.write(FOLDER.resolve(story), points);
      int sum = 0;
      int stories = 0;
      for (Path file : files()) {
        sum += Files.readAllLines(file).size();
        stories++;
      }
      long before = points.stream().filter(p -> p.startsWith("before ")).count();
      System.out.printf(
          "crash points of %s: %d (%d before the server acted, %d after), %d s, of them %d undisturbed; so far %d in %d stories%n",
          story,
          points.size(),
          before,
          points.size() - before,
          whole.toSeconds(),
          calm.toSeconds(),
          sum,
          stories);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> found = Files.list(FOLDER)) {
      return found.toList();
    }
  }
}
