package io.nephio.recovery.facts;

import java.util.List;
import java.util.Optional;

/** How much of the management cluster a policy asks for. */
public enum Oversight {
  NONE,
  /** Whether its critical CRDs are there. */
  CRDS,
  WHOLE;

  /** What a policy that asks for so much sees of it. */
  public Optional<Cluster> of(Cluster management) {
    return switch (this) {
      case NONE -> Optional.empty();
      case CRDS -> Optional.of(crdsAlone(management));
      case WHOLE -> Optional.of(management);
    };
  }

  private static Cluster crdsAlone(Cluster management) {
    return new Cluster(
        management.ref(),
        management.object(),
        management.labels(),
        management.paused(),
        management.deleting(),
        management.infrastructureReady(),
        List.of(),
        management.reach(),
        new Known.NotLooked<>(),
        management.kubeSystemUid(),
        Management.NOT_LOOKED,
        Contents.of(management.contents().crds()));
  }
}
