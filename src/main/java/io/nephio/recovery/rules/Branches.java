package io.nephio.recovery.rules;

import java.util.List;

/** Branches that pull requests can be merged into. */
final class Branches {
  private static final List<String> OF_PORCH = List.of("drafts/", "proposed/", "deletionProposed/");

  private Branches() {}

  /** What is wrong with it, or nothing; an empty name is the repository's default branch. */
  static String problem(String name) {
    for (String prefix : OF_PORCH) {
      if (name.startsWith(prefix)) {
        return "branches below " + prefix + " are Porch's own: write another";
      }
    }
    if (name.equals("recovery") || name.startsWith("recovery/")) {
      return "branches below recovery/ are the operator's own: write another";
    }
    if (name.startsWith("refs/")) {
      return "write the branch without refs/heads/";
    }
    return name.isEmpty() || isBranch(name)
        ? ""
        : Text.quoted(name) + " can be the name of no branch: write one like main";
  }

  /** The rules of git-check-ref-format. */
  private static boolean isBranch(String name) {
    if (name.startsWith("-") || name.endsWith(".") || name.equals("@") || name.contains("@{")) {
      return false;
    }
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.startsWith(".") || part.endsWith(".lock")) {
        return false;
      }
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c == 0x7F || "~^:?*[\\".indexOf(c) >= 0) {
        return false;
      }
    }
    return !name.contains("..");
  }
}
