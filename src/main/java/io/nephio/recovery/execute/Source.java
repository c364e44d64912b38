package io.nephio.recovery.execute;

import java.util.Locale;

/**
 * A file of a package, and where engines read it from.
 *
 * @param repository {@code owner/name}
 * @param branch that is deployed
 */
record Source(String repository, String branch, String path) {

  /** By owner and name: inside a cluster the Git server often has another address. */
  boolean isFrom(String url) {
    String plain = url.toLowerCase(Locale.ROOT).replaceAll("/+$", "").replaceAll("[.]git$", "");
    String name = repository.toLowerCase(Locale.ROOT);
    return plain.endsWith("/" + name) || plain.endsWith(":" + name);
  }

  /** What is not said is the default branch. */
  boolean isOn(String revision) {
    return revision.isEmpty() || revision.equals("HEAD") || revision.equals(branch);
  }

  boolean isIn(String folder) {
    String plain = folder.replaceAll("^([.]?/)+|/+$", "");
    return plain.isEmpty() || plain.equals(".") || path.startsWith(plain + "/");
  }
}
