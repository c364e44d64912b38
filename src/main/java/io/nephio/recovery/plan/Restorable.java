package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ObjectRef;
import java.util.Optional;

/** Whether what is missing in a cluster can be put back from a package; asked only if it fails. */
@FunctionalInterface
public interface Restorable {
  /** Where no package is known. */
  Restorable NOTHING =
      (cluster, object) -> Optional.of("no package is known that holds " + object.name());

  /** Why it cannot; empty if it can. */
  Optional<String> obstacle(Cluster cluster, ObjectRef object);
}
