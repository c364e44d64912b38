package io.nephio.recovery.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.gitea.Gitea;
import io.nephio.recovery.servers.GiteaServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackageRepositoryIT {
  private static final String BRANCH = "recovery/edge01/restart";
  private static final String WRONG = "wrong-password-of-bot";
  private static final CommitText TEXT =
      new CommitText(
          "Restart edge01\n\nRecovery: x\n",
          new Author(
              "Recovery", "recovery@example.invalid", "Recovery", "recovery@example.invalid"),
          Instant.parse("2026-01-02T03:04:05Z"));

  @AutoClose private GiteaServer gitea;
  @TempDir private Path folder;
  private final List<String> outcomes = new CopyOnWriteArrayList<>();
  private String name;

  GiteaServer.Version version() {
    return GiteaServer.Version.NEPHIO;
  }

  @BeforeAll
  void start() {
    gitea = GiteaServer.start(version());
    gitea.createUser("bot", "bot-password");
    gitea.createUser("reader", "reader-password");
    gitea.createOrg("edge");
  }

  @BeforeEach
  void repository(TestInfo info) {
    outcomes.clear();
    name = "edge/" + info.getTestMethod().orElseThrow().getName();
    if (!name.startsWith("edge/missing")) {
      gitea.createRepository(name, !name.startsWith("edge/empty"));
      gitea.collaborator(name, "bot", "write");
      gitea.collaborator(name, "reader", "read");
    }
  }

  @Test
  void aBranchIsCreatedOnce() {
    try (PackageRepository ours = open("bot", "bot-password")) {
      String commit = change(ours, "ours");

      assertThat(ours.push(BRANCH, commit)).isEqualTo(new Push.Created());
      assertThat(ours.push(BRANCH, commit)).isEqualTo(new Push.Same());
      assertThat(base(ours).branches()).containsEntry(BRANCH, commit);
    }
  }

  /** The cache is thrown away in the middle of it. */
  @Test
  void manyArePushedSideBySide() {
    try (PackageRepository ours = open("bot", "bot-password")) {
      Runnable loss = ours::close;
      List<String> branches = IntStream.range(0, 8).mapToObj(i -> BRANCH + i).toList();
      List<Push> pushes =
          branches.stream()
              .parallel()
              .map(
                  branch -> {
                    String commit = change(ours, branch);
                    if (branch.endsWith("4")) {
                      loss.run();
                    }
                    return ours.push(branch, commit);
                  })
              .toList();

      assertThat(pushes).containsOnly(new Push.Created());
      assertThat(base(ours).branches()).containsKeys(branches.toArray(String[]::new));
    }
  }

  @Test
  void theSameChangeOnTheSameBaseIsTheSameCommit() {
    try (PackageRepository ours = open("bot", "bot-password");
        PackageRepository twin = open("bot", "bot-password", "twin")) {
      String commit = change(ours, "x");

      assertThat(change(twin, "x")).isEqualTo(commit);
      assertThat(ours.push(BRANCH, commit)).isEqualTo(new Push.Created());
      assertThat(twin.push(BRANCH, commit)).isEqualTo(new Push.Same());
    }
  }

  @Test
  void aBranchOfSomebodyElseIsNeverMoved() {
    try (PackageRepository ours = open("bot", "bot-password")) {
      String theirs = change(ours, "theirs");
      ours.push(BRANCH, theirs);

      assertThat(ours.push(BRANCH, change(ours, "ours"))).isEqualTo(new Push.Moved(theirs));
      assertThat(base(ours).branches()).containsEntry(BRANCH, theirs);
    }
  }

  @Test
  void deletesOnlyWhatItExpects() {
    try (PackageRepository ours = open("bot", "bot-password")) {
      String commit = change(ours, "ours");
      ours.push(BRANCH, commit);

      assertThat(ours.delete(BRANCH, base(ours).commit())).isEqualTo(new Deletion.Moved());
      assertThat(base(ours).branches()).containsKey(BRANCH);
      assertThat(ours.delete(BRANCH, commit)).isEqualTo(new Deletion.Gone());
      assertThat(base(ours).branches()).doesNotContainKey(BRANCH);
    }
  }

  @Test
  void aBranchInTheWayIsNamed() {
    gitea.createBranch(name, "recovery");
    try (PackageRepository ours = open("bot", "bot-password")) {
      Push push = ours.push(BRANCH, change(ours, "ours"));

      assertThat(push).isInstanceOfSatisfying(Failure.Refused.class, PackageRepositoryIT::inTheWay);
    }
  }

  private static void inTheWay(Failure.Refused refused) {
    assertThat(refused.reason()).isEqualTo(RefusedReason.BranchInTheWay);
    assertThat(refused.text()).contains("the branch recovery ");
  }

  @Test
  void aReaderMayNotPush() {
    try (PackageRepository ours = open("reader", "reader-password")) {
      assertReason(ours.push(BRANCH, change(ours, "ours")), RefusedReason.ReadOnly);
    }
  }

  @Test
  void aProtectedBranchIsNamed() {
    gitea.protect(name, BRANCH);
    try (PackageRepository ours = open("bot", "bot-password")) {
      assertReason(ours.push(BRANCH, change(ours, "ours")), RefusedReason.Protected);
    }
    assertThat(outcomes).contains("git push refused").doesNotContain("git push ok");
  }

  @Test
  void anArchiveIsReadAndNotWritten() {
    gitea.archive(name);
    try (PackageRepository ours = open("bot", "bot-password")) {
      assertReason(ours.push(BRANCH, change(ours, "ours")), RefusedReason.Archived);
    }
  }

  @Test
  void missingRepositories() {
    try (PackageRepository ours = open("bot", "bot-password")) {
      assertReason(ours.fetch("main"), RefusedReason.Missing);
    }
  }

  @Test
  void aRenamedRepositoryIsNotFollowed() {
    gitea.as(GiteaServer.ADMIN, "PATCH", "/repos/" + name, Map.of("name", "renamed"));
    try (PackageRepository ours = open("bot", "bot-password")) {
      assertReason(ours.fetch("main"), RefusedReason.Missing);
    }
  }

  @Test
  void emptyRepositories() {
    try (PackageRepository ours = open("bot", "bot-password")) {
      assertReason(ours.fetch(""), RefusedReason.Empty);
      assertReason(ours.fetch("main"), RefusedReason.Empty);
    }
  }

  @Test
  void aBaseThatIsNotThere() {
    try (PackageRepository ours = open("bot", "bot-password")) {
      assertReason(ours.fetch("develop"), RefusedReason.BaseMissing);
      assertReason(ours.fetchCommit("1".repeat(40)), RefusedReason.BaseMissing);
    }
  }

  @Test
  void aWrongPasswordIsNamedAndNotTold() {
    try (PackageRepository ours = open("bot", WRONG)) {
      Fetch fetch = ours.fetch("main");

      assertReason(fetch, RefusedReason.Credential);
      assertThat(fetch.toString()).doesNotContain(WRONG);
    }
  }

  @Test
  void anythingElseThanTheServerIsTriedAgainLater() {
    try (PackageRepository ours = open("bot", "bot-password")) {
      String commit = change(ours, "ours");
      gitea.stop();
      Push push;
      Fetch fetch;
      try {
        push = ours.push(BRANCH, commit);
        fetch = ours.fetch("main");
      } finally {
        gitea.resume();
      }

      assertThat(push).isInstanceOf(Failure.Unreachable.class);
      assertThat(fetch).isInstanceOf(Failure.Unreachable.class);
      assertThat(push + " " + fetch).doesNotContain("bot-password");
      assertThat(ours.push(BRANCH, commit)).isEqualTo(new Push.Created());
    }
  }

  @Test
  void aDamagedCacheIsMadeAnew() throws IOException {
    try (PackageRepository ours = open("bot", "bot-password")) {
      String first = base(ours).commit();
      String commit = change(ours, "ours");
      damage();
      gitea.createFile(name, "main", "later", "later");

      assertThat(ours.push(BRANCH, commit)).isEqualTo(new Push.Created());
      damage();
      assertThat(ours.read(first, "README.md")).isPresent();
      damage();
      BaseCommit later = base(ours);
      assertThat(later.commit()).isNotEqualTo(first);
      assertThat(ours.read(later.commit(), "later")).contains("later");
      assertThat(ours.files(commit)).containsOnlyKeys("README.md", "packages/a.yaml");
    }
  }

  @Test
  void aStaleLockDoesNotHideTheNewBase() throws IOException {
    try (PackageRepository ours = open("bot", "bot-password")) {
      String first = base(ours).commit();
      try (Stream<Path> files = Files.walk(folder)) {
        Path ref = files.filter(f -> f.endsWith("refs/cache/heads/main")).findFirst().orElseThrow();
        Files.createFile(ref.resolveSibling("main.lock"));
      }
      gitea.createFile(name, "main", "later", "later");

      BaseCommit later = base(ours);
      assertThat(later.commit()).isNotEqualTo(first);
      assertThat(ours.read(later.commit(), "later")).contains("later");
    }
  }

  @Test
  void theDefaultBranchGoesByItsRealName() {
    try (PackageRepository ours = open("bot", "bot-password")) {
      assertThat(ours.fetch(""))
          .isInstanceOfSatisfying(
              Fetch.Fetched.class, f -> assertThat(f.base().branch()).isEqualTo("main"));
    }
  }

  private void damage() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().contains("/objects/")).toList()) {
        if (Files.isRegularFile(file)) {
          Files.delete(file);
        }
      }
    }
  }

  private PackageRepository open(String user, String password) {
    return open(user, password, "ours");
  }

  private PackageRepository open(String user, String password, String directory) {
    GitServer server =
        GitServer.of(gitea.url(), new GitServer.Credential(user, password))
            .counted((operation, outcome) -> outcomes.add(operation + " " + outcome));
    return PackageRepository.open(
        server, name, folder.resolve(directory), Gitea.of(server).repositories()::state);
  }

  private static BaseCommit base(GitRepository repository) {
    return ((Fetch.Fetched) repository.fetch("main")).base();
  }

  private static String change(GitRepository repository, String text) {
    return repository.commit(base(repository), Map.of("packages/a.yaml", text), TEXT);
  }

  private static void assertReason(Object outcome, RefusedReason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Failure.Refused.class,
            refused -> assertThat(refused.reason()).as(refused.text()).isEqualTo(reason));
  }
}
