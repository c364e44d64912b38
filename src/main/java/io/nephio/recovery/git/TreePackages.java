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
            for (Manifests.Entry entry : index.of(id, () -> content(path))) {
              if (entry.is(object)) {
                found.add(new Manifest(path, pkg(path), entry));
              }
            }
          }
        });
    return found;
  }

  @Override
  public Optional<String> read(String path) {
    return repository.read(commit, path);
  }

  /** What is too large to be a manifest holds none. */
  private String content(String path) {
    try {
      return read(path).orElse("");
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof Contents.TooLarge) {
        return "";
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
