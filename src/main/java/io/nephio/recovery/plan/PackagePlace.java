package io.nephio.recovery.plan;

import io.nephio.recovery.api.RemediationSpec;
import org.jspecify.annotations.Nullable;

/** Where the packages of a cluster are, or why that is not known. */
public sealed interface PackagePlace {

  /** Nothing can be edited. */
  record Nowhere(String why) implements PackagePlace {}

  /**
   * A repository of the Git server.
   *
   * @param repository {@code owner/name}
   * @param base branch that is deployed; empty for the repository's default branch
   * @param directory that holds the packages; empty for all of the repository
   * @param registered whether Porch says so and not the policy
   */
  record At(String repository, String base, String directory, boolean registered)
      implements PackagePlace {

    /** As the policy says. */
    public static At said(String repository, String base) {
      return new At(repository, base, "", false);
    }

    /** As an edit remembers it. */
    static At of(RemediationSpec.Place place) {
      return new At(place.repository(), place.branch(), place.directory(), true);
    }

    /** What an edit there has to remember: what the policy does not tell. */
    public RemediationSpec.@Nullable Place remembered() {
      return registered ? new RemediationSpec.Place(repository, base, directory) : null;
    }

    /** Whether a file of the repository is one of these packages'. */
    public boolean holds(String path) {
      return directory.isEmpty() || path.startsWith(directory + "/");
    }
  }
}
