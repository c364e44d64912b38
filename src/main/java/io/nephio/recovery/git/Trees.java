package io.nephio.recovery.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.util.Paths;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tree from another with some files added or replaced, and only the folders on their
 * paths: everything beside them is carried over by id, so a repository of any size costs the same.
 * A symbolic link or a submodule in the way is refused, as what lies behind it is not ours.
 */
record Trees(ObjectReader reader, ObjectInserter inserter) {

  private record Entry(byte[] name, FileMode mode, ObjectId id) {
    String text() {
      return new String(name, StandardCharsets.UTF_8);
    }
  }

  ObjectId write(@Nullable ObjectId base, Map<String, String> files) throws IOException {
    return write(base, "", new TreeMap<>(files));
  }

  private ObjectId write(@Nullable ObjectId base, String folder, Map<String, String> files)
      throws IOException {
    Map<String, Entry> entries = entries(base);
    for (var child : byFirstName(files).entrySet()) {
      String name = child.getKey();
      Entry old = entries.get(name);
      String content = child.getValue().get("");
      entries.put(
          name,
          content == null
              ? folder(old, folder + name, name, child.getValue())
              : file(old, folder + name, name, content));
    }
    return insert(new ArrayList<>(entries.values()));
  }

  private Entry folder(@Nullable Entry old, String path, String name, Map<String, String> files)
      throws IOException {
    if (old != null && !FileMode.TREE.equals(old.mode())) {
      throw new IllegalArgumentException(path + " is not a folder");
    }
    ObjectId id = write(old == null ? null : old.id(), path + "/", files);
    return new Entry(Constants.encode(name), FileMode.TREE, id);
  }

  private Entry file(@Nullable Entry old, String path, String name, String content)
      throws IOException {
    FileMode mode = old == null ? FileMode.REGULAR_FILE : old.mode();
    if (!FileMode.REGULAR_FILE.equals(mode) && !FileMode.EXECUTABLE_FILE.equals(mode)) {
      throw new IllegalArgumentException(path + " is not a regular file");
    }
    ObjectId id = inserter.insert(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8));
    return new Entry(Constants.encode(name), mode, id);
  }

  private Map<String, Entry> entries(@Nullable ObjectId tree) throws IOException {
    Map<String, Entry> entries = new TreeMap<>();
    if (tree != null) {
      CanonicalTreeParser parser = new CanonicalTreeParser();
      parser.reset(reader, tree);
      for (; !parser.eof(); parser.next()) {
        byte[] name = new byte[parser.getNameLength()];
        parser.getName(name, 0);
        Entry entry = new Entry(name, parser.getEntryFileMode(), parser.getEntryObjectId());
        entries.put(entry.text(), entry);
      }
    }
    return entries;
  }

  private ObjectId insert(List<Entry> entries) throws IOException {
    entries.sort(Trees::inGitOrder);
    TreeFormatter formatter = new TreeFormatter();
    entries.forEach(e -> formatter.append(e.name(), e.mode(), e.id()));
    return inserter.insert(formatter);
  }

  private static int inGitOrder(Entry a, Entry b) {
    return Paths.compare(
        a.name(),
        0,
        a.name().length,
        a.mode().getBits(),
        b.name(),
        0,
        b.name().length,
        b.mode().getBits());
  }

  private static Map<String, Map<String, String>> byFirstName(Map<String, String> files) {
    Map<String, Map<String, String>> children = new TreeMap<>();
    files.forEach(
        (path, content) -> {
          int slash = path.indexOf('/');
          String name = slash < 0 ? path : path.substring(0, slash);
          String rest = slash < 0 ? "" : path.substring(slash + 1);
          if (!isSafe(name) || (slash >= 0 && rest.isEmpty())) {
            throw new IllegalArgumentException("not a path for a file: " + path);
          }
          children.computeIfAbsent(name, n -> new TreeMap<>()).put(rest, content);
        });
    return children;
  }

  private static boolean isSafe(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && !name.toLowerCase(Locale.ROOT).equals(".git")
        && name.chars().noneMatch(c -> c < ' ' || c == '\\');
  }
}
