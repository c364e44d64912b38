package io.nephio.recovery.git;

import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.record.Manifest;
import io.nephio.recovery.record.Manifests;
import io.nephio.recovery.record.Packages;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The packages of one commit. A folder with a Kptfile is one; so is any folder that lies in none.
 *
 * @param files every regular file with the id of its content: no links and no submodules
 */
record TreePackages(
    GitRepository repository, String commit, Map<String, String> files, PackageIndex index)
    implements Packages {
  private static final String ROOT = ".";

  @Override
  public List<Manifest> find(ObjectRef object) {
    List<Manifest> found = new ArrayList<>();
    files.forEach(
        (path, id) -> {
          if (isManifest(path)) {
            for (Manifests.Entry entry : content(path, id).entries()) {
              if (entry.is(object)) {
                found.add(new Manifest(path, pkg(path), entry));
              }
            }
          }
        });
    return found;
  }

  @Override
  public SortedMap<String, String> unread(ObjectRef object) {
    SortedMap<String, String> unread = new TreeMap<>();
    repository.submodules(commit).forEach(path -> unread.put(path, "it is a submodule"));
    files.forEach(
        (path, id) -> {
          if (isManifest(path)) {
            content(path, id)
                .unread()
                .filter(file -> file.mayHold(object))
                .ifPresent(file -> unread.put(path, file.why()));
          }
        });
    return unread;
  }

  @Override
  public Optional<String> read(String path) {
    return repository.read(commit, path);
  }

  private Manifests.Content content(String path, String id) {
    return index.of(id, () -> content(path));
  }

  private Manifests.Content content(String path) {
    try {
      return Manifests.in(read(path).orElse(""));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof Contents.TooLarge) {
        return Manifests.Content.unseen(Contents.TooLarge.WHY);
      }
      throw e;
    }
  }

  private static boolean isManifest(String path) {
    return path.endsWith(".yaml") || path.endsWith(".yml") || path.endsWith(".json");
  }

  private String pkg(String path) {
    String own = folder(path);
    for (String at = own; !at.equals(ROOT); at = folder(at)) {
      if (files.containsKey(at + "/Kptfile")) {
        return at;
      }
    }
    return files.containsKey("Kptfile") ? ROOT : own;
  }

  private static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? ROOT : path.substring(0, slash);
  }
}
