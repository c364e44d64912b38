package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Oversight;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which policy acts on which cluster: one each, the oldest whose selector matches (creation, then
 * namespace and name), so that two policies can never propose for one cluster.
 */
public record Assignment(List<Policy> policies) {
  public Assignment {
    policies =
        policies.stream()
            .sorted(
                Comparator.comparing(Policy::created)
                    .thenComparing(Policy::namespace)
                    .thenComparing(Policy::name))
            .toList();
  }

  /** The clusters of this policy. */
  public Fleet of(Policy policy, Fleet fleet) {
    return new Fleet(
        fleet.clusters().stream()
            .filter(c -> acting(c).filter(p -> same(p, policy)).isPresent())
            .toList(),
        fleet.management().filter(c -> oversees(policy)));
  }

  /** Clusters that this policy selects and an older one acts on. */
  public List<Cluster> lost(Policy policy, Fleet fleet) {
    return fleet.clusters().stream()
        .filter(c -> selects(policy, c))
        .filter(c -> acting(c).filter(p -> same(p, policy)).isEmpty())
        .toList();
  }

  /** The whole management cluster belongs to the oldest policy that asks for it. */
  private boolean oversees(Policy policy) {
    return policy.oversight() != Oversight.WHOLE
        || policies.stream()
            .filter(p -> p.oversight() == Oversight.WHOLE)
            .findFirst()
            .filter(p -> same(p, policy))
            .isPresent();
  }

  private Optional<Policy> acting(Cluster cluster) {
    return policies.stream().filter(p -> selects(p, cluster)).findFirst();
  }

  private static boolean same(Policy one, Policy other) {
    return one.namespace().equals(other.namespace()) && one.name().equals(other.name());
  }

  private static boolean selects(Policy policy, Cluster cluster) {
    List<String> namespaces = policy.spec().clusterNamespaces();
    String namespace = cluster.ref().namespace();
    boolean inNamespace =
        namespaces.isEmpty()
            ? namespace.equals(policy.namespace())
            : namespaces.contains("*") || namespaces.contains(namespace);
    return inNamespace && Selector.matches(policy.spec().clusterSelector(), cluster.labels());
  }
}
