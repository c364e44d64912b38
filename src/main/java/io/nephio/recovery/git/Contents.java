package io.nephio.recovery.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** What is in a repository's object store: read from, and written to. */
record Contents(Repository repository) {
  private static final int LARGEST_FILE = 4 << 20;

  /** No manifest is. */
  static final class TooLarge extends IOException {
    static final String WHY = "larger than " + LARGEST_FILE + " bytes";

    TooLarge(String path) {
      super(path + " is " + WHY);
    }
  }

  boolean holds(String commit) throws IOException {
    return repository.getObjectDatabase().has(ObjectId.fromString(commit));
  }

  boolean hasParent(String commit) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      return walk.parseCommit(ObjectId.fromString(commit)).getParentCount() > 0;
    }
  }

  Optional<String> read(String commit, String path) throws IOException {
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = TreeWalk.forPath(reader, path, tree(reader, commit))) {
      if (walk == null || !isFile(walk.getFileMode())) {
        return Optional.empty();
      }
      ObjectLoader blob = reader.open(walk.getObjectId(0));
      if (blob.getSize() > LARGEST_FILE) {
        throw new TooLarge(path);
      }
      return Optional.of(new String(blob.getBytes(LARGEST_FILE), StandardCharsets.UTF_8));
    }
  }

  Map<String, String> files(String commit) throws IOException {
    return entries(commit, Contents::isFile);
  }

  Set<String> submodules(String commit) throws IOException {
    return entries(commit, FileMode.GITLINK::equals).keySet();
  }

  private Map<String, String> entries(String commit, Predicate<FileMode> such) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(tree(reader, commit));
      walk.setRecursive(true);
      while (walk.next()) {
        if (such.test(walk.getFileMode())) {
          entries.put(walk.getPathString(), walk.getObjectId(0).name());
        }
      }
    }
    return entries;
  }

  /** What leaves no room for one of these files: see {@link Trees}. */
  Optional<String> obstacle(String commit, Set<String> paths) throws IOException {
    try (ObjectReader reader = repository.newObjectReader()) {
      RevTree tree = tree(reader, commit);
      for (String path : new TreeSet<>(paths)) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
          String folder = path.substring(0, slash);
          Optional<FileMode> there = mode(reader, tree, folder);
          if (there.isPresent() && !FileMode.TREE.equals(there.get())) {
            return Optional.of(folder + " is " + kind(there.get()) + " and no folder");
          }
        }
        Optional<FileMode> there = mode(reader, tree, path);
        if (there.isPresent() && !isFile(there.get())) {
          return Optional.of(path + " is " + kind(there.get()) + " and no file");
        }
      }
      return Optional.empty();
    }
  }

  private static Optional<FileMode> mode(ObjectReader reader, RevTree tree, String path)
      throws IOException {
    try (TreeWalk walk = TreeWalk.forPath(reader, path, tree)) {
      return walk == null ? Optional.empty() : Optional.of(walk.getFileMode());
    }
  }

  private static String kind(FileMode mode) {
    if (FileMode.TREE.equals(mode)) {
      return "a folder";
    }
    if (FileMode.SYMLINK.equals(mode)) {
      return "a symbolic link";
    }
    return FileMode.GITLINK.equals(mode) ? "a submodule" : "a file";
  }

  String commit(String base, Map<String, String> files, CommitText text) throws IOException {
    try (ObjectReader reader = repository.newObjectReader();
        ObjectInserter inserter = repository.newObjectInserter()) {
      Author by = text.author();
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(new Trees(reader, inserter).write(tree(reader, base), files));
      commit.setParentId(ObjectId.fromString(base));
      commit.setAuthor(person(by.name(), by.email(), text.at()));
      commit.setCommitter(person(by.committer(), by.committerEmail(), text.at()));
      commit.setMessage(text.message());
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return id.name();
    }
  }

  boolean isBy(String commit, Author author) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      PersonIdent by = walk.parseCommit(ObjectId.fromString(commit)).getCommitterIdent();
      return by.getName().equals(author.committer())
          && by.getEmailAddress().equals(author.committerEmail());
    }
  }

  private static PersonIdent person(String name, String email, Instant at) {
    return new PersonIdent(name, email, at, ZoneOffset.UTC);
  }

  private static RevTree tree(ObjectReader reader, String commit) throws IOException {
    try (RevWalk walk = new RevWalk(reader)) {
      RevCommit parsed = walk.parseCommit(ObjectId.fromString(commit));
      return parsed.getTree();
    }
  }

  private static boolean isFile(FileMode mode) {
    return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
  }
}
