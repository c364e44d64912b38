package io.nephio.recovery.facts;

/**
 * A PodDisruptionBudget.
 *
 * @param allowed how many of its pods may be evicted now
 */
public record DisruptionBudget(ObjectRef ref, Selector selector, int allowed) {
  public boolean covers(Pod pod) {
    return String.valueOf(ref.namespace()).equals(pod.ref().namespace())
        && !selector.isEmpty()
        && selector.matches(pod.labels());
  }
}
