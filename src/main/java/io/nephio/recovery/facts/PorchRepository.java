package io.nephio.recovery.facts;

/**
 * A git repository that is registered with Porch as one that packages are deployed from.
 *
 * @param address of the repository, as it stands there
 * @param directory that holds the packages; empty for all of the repository
 */
public record PorchRepository(ObjectRef ref, String address, String branch, String directory) {

  @Override
  public String toString() {
    return ref.namespace() + "/" + ref.name();
  }
}
