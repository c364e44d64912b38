package io.nephio.recovery.operator;

import io.nephio.recovery.git.Failure;
import io.nephio.recovery.git.Fetch;
import io.nephio.recovery.git.PackageRepository;
import io.nephio.recovery.git.RepositoryState;
import io.nephio.recovery.plan.Decision;
import io.nephio.recovery.plan.PackagePlace;
import io.nephio.recovery.plan.PackagePlaces;
import io.nephio.recovery.plan.Policy;
import io.nephio.recovery.plan.Restorable;
import io.nephio.recovery.record.Drafts;
import io.nephio.recovery.record.PackageEdit;
import io.nephio.recovery.record.PackageEdits;
import io.nephio.recovery.record.Packages;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** Looks for manifests in the packages of the cluster that something fails in. */
final class PackageLook {
  private final Forge forge;
  private final PackagePlaces places;
  private final Instant at;

  PackageLook(Forge forge, Policy policy, Instant at) {
    this.forge = forge;
    this.places = new PackagePlaces(policy, forge.address());
    this.at = at;
  }

  /** Empty while the repository cannot be read, which another pass may find otherwise. */
  Optional<PackageEdit> edit(Decision.Propose proposal) {
    try {
      return Optional.of(Drafts.edit(proposal, places, this::packages, at));
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  Restorable restorable() {
    Restorable restorable = PackageEdits.restorable(places, this::packages);
    return (cluster, object) -> {
      try {
        return restorable.obstacle(cluster, object);
      } catch (UncheckedIOException e) {
        return Optional.of("the packages cannot be read now (" + e.getMessage() + ")");
      }
    };
  }

  /**
   * Empty where there is no such repository, nothing in it, or no way to propose anything there.
   */
  private Optional<Packages> packages(PackagePlace.At place) {
    if (forge.gitea().repositories().state(place.repository())
            instanceof RepositoryState.Known known
        && (known.archived() || known.mirror() || !known.mayPush())) {
      return Optional.empty();
    }
    PackageRepository repository = forge.repository(place.repository());
    Fetch fetch = repository.fetch(place.base());
    if (fetch instanceof Fetch.Fetched fetched) {
      return Optional.of(repository.packages(fetched.base().commit()));
    }
    if (fetch instanceof Failure.Unreachable unreachable) {
      throw new UncheckedIOException(new java.io.IOException(unreachable.text()));
    }
    return Optional.empty();
  }
}
