package io.nephio.recovery.facts;

import java.util.Optional;

/**
 * A PodDisruptionBudget of policy/v1.
 *
 * @param selector an empty one covers every pod of the namespace, none at all covers no pod
 * @param allowed how many of its pods may be evicted now
 */
public record DisruptionBudget(ObjectRef ref, Optional<Selector> selector, int allowed) {
  public boolean covers(Pod pod) {
    return String.valueOf(ref.namespace()).equals(pod.ref().namespace())
        && selector.filter(s -> s.matches(pod.labels())).isPresent();
  }
}
