package io.nephio.recovery.git;

import java.util.Map;

/**
 * What a change is built on.
 *
 * @param branch the branch that was asked for, by its real name; empty for a commit asked for by id
 * @param commit 40 hexadecimal digits
 * @param branches every branch the server named, and its tip
 */
public record BaseCommit(String branch, String commit, Map<String, String> branches) {
  public BaseCommit {
    branches = Map.copyOf(branches);
  }
}
