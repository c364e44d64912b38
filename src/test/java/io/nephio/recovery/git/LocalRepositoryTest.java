package io.nephio.recovery.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.record.Packages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalRepositoryTest {
  private static final CommitText TEXT =
      new CommitText(
          "m",
          new Author("n", "n@example.invalid", "n", "n@example.invalid"),
          Instant.ofEpochSecond(1_800_000_000));

  @TempDir private Path folder;
  private Path directory;

  @BeforeAll
  static void isolate() {
    Isolation.install();
  }

  @BeforeEach
  void create() throws IOException, GitAPIException {
    directory = folder.resolve("r");
    try (Git git = Git.init().setInitialBranch("trunk").setDirectory(directory.toFile()).call()) {
      Files.createDirectories(directory.resolve("a.d"));
      Files.writeString(directory.resolve("a.d/x"), "x");
      Files.writeString(directory.resolve("a.txt"), "kept");
      Files.writeString(directory.resolve("run"), "old");
      assertThat(directory.resolve("run").toFile().setExecutable(true)).isTrue();
      Files.createSymbolicLink(directory.resolve("link"), Path.of("a.txt"));
      git.add().addFilepattern(".").call();
      submodule(git.getRepository());
      git.commit().setSign(false).setAuthor("n", "e").setCommitter("n", "e").setMessage("b").call();
    }
  }

  /** Of what cannot be read it is said that it may hold it, if it seems so. */
  @Test
  void aManifestThatCannotBeReadIsNotPassedOver() throws IOException {
    String manifest = "kind: Deployment\nmetadata: {name: %s}\nspec: {{ .Values.spec }}\n";
    try (LocalRepository repository = LocalRepository.open(directory)) {
      String commit =
          repository.commit(
              base(repository),
              Map.of(
                  "a.yaml",
                  manifest.formatted("smf"),
                  "b.yaml",
                  manifest.formatted("amf"),
                  "large.json",
                  "[" + " ".repeat(4 << 20) + "]",
                  "large.txt",
                  " ".repeat(5 << 20),
                  "none.yaml",
                  "kind: Service\nmetadata: {name: smf}\nspec: {{ .Values.spec }}\n"),
              TEXT);
      ObjectRef smf = new ObjectRef("apps/v1", "Deployment", "free5gc", "smf", "u");

      Packages packages = repository.packages(commit);

      assertThat(packages.find(smf)).isEmpty();
      assertThat(packages.unread(smf))
          .containsOnly(
              Map.entry("a.yaml", "line 3: a key must be a text"),
              Map.entry("large.json", "larger than 4194304 bytes"),
              Map.entry("module", "it is a submodule"));
    }
  }

  private static void submodule(Repository repository) throws IOException {
    DirCache index = repository.lockDirCache();
    DirCacheEditor editor = index.editor();
    editor.add(
        new DirCacheEditor.PathEdit("module") {
          @Override
          public void apply(DirCacheEntry entry) {
            entry.setFileMode(FileMode.GITLINK);
            entry.setObjectId(ObjectId.fromString("1".repeat(40)));
          }
        });
    if (!editor.commit()) {
      throw new IOException("the index was not written");
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "new, ",
    "new/x/y, ",
    "run, ",
    "a.d/x, ",
    "a.d/new/y, ",
    "run/x/y, run is a file and no folder",
    "a.d/x/y, a.d/x is a file and no folder",
    "link, link is a symbolic link and no file",
    "link/x, link is a symbolic link and no folder",
    "module, module is a submodule and no file",
    "module/x, module is a submodule and no folder",
    "a.d, a.d is a folder and no file",
  })
  void tellsWhatIsInTheWay(String path, String obstacle) throws IOException {
    try (LocalRepository repository = LocalRepository.open(directory)) {
      BaseCommit base = base(repository);
      assertThat(repository.obstacle(base.commit(), Set.of("free", path)))
          .isEqualTo(Optional.ofNullable(obstacle));
      Map<String, String> files = Map.of("free", "x", path, "x");
      if (obstacle == null) {
        assertThat(repository.commit(base, files, TEXT)).hasSize(40);
      } else {
        assertThatIllegalArgumentException().isThrownBy(() -> repository.commit(base, files, TEXT));
      }
    }
  }

  @Test
  void writesAChangeAndNotTheWorkTree() throws IOException {
    try (LocalRepository repository = LocalRepository.open(directory)) {
      BaseCommit base = base(repository);
      assertThat(base.branch()).isEqualTo("trunk");

      String commit =
          repository.commit(base, Map.of("a/new/y", "y", "run", "new", "a.d/z", "z"), TEXT);

      assertThat(repository.files(commit).keySet())
          .containsExactly("a.d/x", "a.d/z", "a.txt", "a/new/y", "run");
      assertThat(repository.read(commit, "run")).contains("new");
      assertThat(repository.read(commit, "a.txt")).contains("kept");
      assertThat(repository.read(commit, "link")).isEmpty();
      assertThat(repository.read(commit, "nothing")).isEmpty();
      assertThat(repository.push("recovery/x", commit)).isEqualTo(new Push.Created());
      assertThat(repository.push("recovery/x", commit)).isEqualTo(new Push.Same());
      assertThat(repository.push("recovery/x", base.commit())).isEqualTo(new Push.Moved(commit));
      assertThat(repository.push("recovery", commit)).isInstanceOf(Failure.Refused.class);
      assertThat(directory.resolve("run")).hasContent("old");
      assertSound(commit);
    }
  }

  @Test
  void theSameChangeIsTheSameCommit() throws IOException {
    try (LocalRepository repository = LocalRepository.open(directory)) {
      BaseCommit base = base(repository);
      assertThat(repository.commit(base, Map.of("f", "1"), TEXT))
          .isEqualTo(repository.commit(base, Map.of("f", "1"), TEXT))
          .isNotEqualTo(repository.commit(base, Map.of("f", "2"), TEXT));
    }
  }

  @Test
  void refusesWhatIsNoPathForAFile() throws IOException {
    try (LocalRepository repository = LocalRepository.open(directory)) {
      BaseCommit base = base(repository);
      for (String path :
          new String[] {
            "", "/a", "a/", "../a", ".GIT/config", "a//b", "link", "link/x", "run/x", "a.d"
          }) {
        assertThatIllegalArgumentException()
            .as(path)
            .isThrownBy(() -> repository.commit(base, Map.of(path, "x"), TEXT));
      }
    }
  }

  @Test
  void aDirectoryInsideARepositoryIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LocalRepository.open(directory.resolve("a.d")))
        .withMessageEndingWith("a.d is not a git repository");
    assertThatIllegalArgumentException().isThrownBy(() -> LocalRepository.open(folder));
  }

  @Test
  void opensABareRepository() throws IOException, GitAPIException {
    Path bare = folder.resolve("bare.git");
    Git.cloneRepository()
        .setBare(true)
        .setURI(directory.toUri().toString())
        .setDirectory(bare.toFile())
        .call()
        .close();
    try (LocalRepository repository = LocalRepository.open(bare)) {
      assertThat(repository.read(base(repository).commit(), "a.txt")).contains("kept");
    }
  }

  private static BaseCommit base(LocalRepository repository) {
    return ((Fetch.Fetched) repository.fetch("")).base();
  }

  /** Git itself refuses trees whose entries are not in its order. */
  private void assertSound(String commit) throws IOException {
    try (Git git = Git.open(directory.toFile());
        RevWalk walk = new RevWalk(git.getRepository())) {
      RevCommit parsed = walk.parseCommit(ObjectId.fromString(commit));
      ObjectId tree = parsed.getTree().getId();
      byte[] raw = git.getRepository().open(tree).getBytes();
      new ObjectChecker().checkTree(tree, raw);
    }
  }
}
