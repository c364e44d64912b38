package io.nephio.recovery.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.nephio.recovery.gitea.Gitea;
import io.nephio.recovery.servers.CommandLine;
import io.nephio.recovery.servers.GiteaServer;
import io.nephio.recovery.servers.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A repository of 10,000 files in which somebody has committed since: to bring the cache up to date
 * and commit, against what a script does, which clones the newest commit and commits there. Both
 * take turns; then both push.
 */
class FetchBenchmark {
  private static final int FILES = 10_000;
  private static final int WARM_UP = 2;
  private static final int RUNS = Integer.getInteger("benchmark.runs", 11);
  private static final String NAME = "edge/large";
  private static final String USER = "bot";
  private static final String PASSWORD = "bot-password";
  private static final CommitText TEXT =
      new CommitText(
          "Restart edge01\n\nRecovery: x\n",
          new Author("Recovery", "r@example.invalid", "Recovery", "r@example.invalid"),
          Instant.parse("2026-01-02T03:04:05Z"));

  @AutoClose private static GiteaServer gitea;
  @AutoClose private static Line ours;
  @AutoClose private static Line theirs;
  @TempDir private static Path folder;

  private final List<Long> ourCommit = new ArrayList<>();
  private final List<Long> ourPush = new ArrayList<>();
  private final List<Long> theirCommit = new ArrayList<>();
  private final List<Long> theirPush = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    assumeThat(CommandLine.has("git")).as("git is on the PATH").isTrue();
    gitea = GiteaServer.start();
    gitea.createUser(USER, PASSWORD);
    gitea.createOrg("edge");
    gitea.createRepository(NAME, true);
    gitea.collaborator(NAME, USER, "write");
    ours = Line.to(gitea.url());
    theirs = Line.to(gitea.url());
    fill(folder.resolve("filled"));
  }

  private static void fill(Path clone) throws IOException {
    CommandLine.git(folder, "clone", "-q", remote(theirs), clone.toString());
    for (int i = 0; i < FILES; i++) {
      Path file = clone.resolve("packages/p" + i % 100 + "/file" + i + ".yaml");
      Files.createDirectories(file.getParent());
      Files.writeString(file, manifest(i));
    }
    CommandLine.git(clone, "add", ".");
    CommandLine.git(clone, "commit", "-q", "-m", "Many packages");
    CommandLine.git(clone, "push", "-q");
  }

  private static String manifest(int index) {
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w%1$d, namespace: n}\n"
            .formatted(index)
        + "spec: {replicas: %d}\n".formatted(index % 7);
  }

  @Test
  void theCacheIsWorthIt() {
    long ourBytes;
    long theirBytes;
    try (PackageRepository cache = open(ours, "ours")) {
      base(cache);
      ourBytes = -ours.bytes();
      theirBytes = -theirs.bytes();
      for (int i = -WARM_UP; i < RUNS; i++) {
        gitea.createFile(NAME, "main", "later" + (i + WARM_UP), "later");
        withTheCache(cache, "ours" + (i + WARM_UP), i >= 0);
        withAClone("theirs" + (i + WARM_UP), i >= 0);
      }
    }
    ourBytes += ours.bytes();
    theirBytes += theirs.bytes();
    System.out.printf(
        "benchmark: 10,000 files on %s: commit %d ms, clone %d ms; with push %d ms, %d ms;"
            + " bytes %d, %d%n",
        fileSystem(),
        median(ourCommit),
        median(theirCommit),
        median(ourPush),
        median(theirPush),
        ourBytes,
        theirBytes);
    assertThat(5 * median(ourCommit)).isLessThanOrEqualTo(median(theirCommit));
    assertThat(17 * median(ourPush)).isLessThanOrEqualTo(10 * median(theirPush));
    assertThat(25 * ourBytes).isLessThanOrEqualTo(theirBytes);
  }

  @Test
  void theFirstFetchOfAProcessTakesLessThanASecond() throws Exception {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  FirstFetch.class.getName(),
                  gitea.url(),
                  folder.resolve("first" + i).toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      times.add(
          Long.parseLong(
              new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip()));
      assertThat(process.waitFor()).isZero();
    }
    System.out.println("benchmark: first fetch in a fresh process: " + median(times) + " ms");
    assertThat(median(times)).isLessThan(1_000);
  }

  /**
   * The program of a fresh process: it tells how many ms its first fetch took. By then the operator
   * has its log and a client to ask Gitea with.
   */
  static final class FirstFetch {
    private FirstFetch() {}

    public static void main(String[] arguments) {
      GitServer server = GitServer.of(arguments[0], new GitServer.Credential(USER, PASSWORD));
      Function<String, RepositoryState> state = Gitea.of(server).repositories()::state;
      LoggerFactory.getLogger(FirstFetch.class).debug("started");
      long start = System.nanoTime();
      try (PackageRepository repository =
          PackageRepository.open(server, NAME, Path.of(arguments[1]), state)) {
        base(repository);
        System.out.println(sinceMillis(start));
      }
    }
  }

  private void withTheCache(PackageRepository cache, String branch, boolean counts) {
    long start = System.nanoTime();
    String commit = cache.commit(base(cache), Map.of("packages/p1/file1.yaml", branch), TEXT);
    long committed = sinceMillis(start);
    assertThat(cache.push(branch, commit)).isEqualTo(new Push.Created());
    if (counts) {
      ourCommit.add(committed);
      ourPush.add(sinceMillis(start));
    }
  }

  private void withAClone(String branch, boolean counts) {
    Path clone = folder.resolve(branch);
    long start = System.nanoTime();
    CommandLine.git(folder, "clone", "-q", "--depth", "1", remote(theirs), clone.toString());
    try {
      Files.writeString(clone.resolve("packages/p1/file1.yaml"), branch);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    CommandLine.git(clone, "commit", "-q", "-a", "-m", "By hand");
    long committed = sinceMillis(start);
    CommandLine.git(clone, "push", "-q", "origin", "HEAD:refs/heads/" + branch);
    if (counts) {
      theirCommit.add(committed);
      theirPush.add(sinceMillis(start));
    }
  }

  private static PackageRepository open(Line line, String directory) {
    return open(
        GitServer.of(line.url(), new GitServer.Credential(USER, PASSWORD)),
        folder.resolve(directory));
  }

  private static PackageRepository open(GitServer server, Path directory) {
    return PackageRepository.open(server, NAME, directory, Gitea.of(server).repositories()::state);
  }

  private static BaseCommit base(GitRepository repository) {
    return ((Fetch.Fetched) repository.fetch("main")).base();
  }

  private static String remote(Line line) {
    return line.url().replace("://", "://" + USER + ":" + PASSWORD + "@") + "/" + NAME + ".git";
  }

  private static String fileSystem() {
    try {
      return Files.getFileStore(folder).type();
    } catch (IOException e) {
      return "?";
    }
  }

  private static long median(List<Long> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  private static long sinceMillis(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
