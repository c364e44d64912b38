package io.nephio.recovery.facts;

import org.jspecify.annotations.Nullable;

/**
 * One object of one cluster.
 *
 * @param namespace absent for cluster-scoped kinds
 * @param uid empty when the input does not tell it
 */
public record ObjectRef(
    String apiVersion, String kind, @Nullable String namespace, String name, String uid) {

  /** {@code Machine default/edge01-md-0-abc}, as a person would write it. */
  @Override
  public String toString() {
    return kind + " " + (namespace == null ? "" : namespace + "/") + name;
  }
}
