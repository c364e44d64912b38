package io.nephio.recovery.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.nephio.recovery.api.ClusterPolicy;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Oversight;
import io.nephio.recovery.plan.Assignment;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The ClusterPolicies as they stand now. */
record Policies(List<Policy> all) {

  static Policies read(KubernetesClient management) {
    return new Policies(
        management.resources(ClusterPolicy.class).inAnyNamespace().list().getItems().stream()
            .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
            .map(Policies::policy)
            .toList());
  }

  static Policy policy(ClusterPolicy object) {
    return new Policy(
        object.getMetadata().getNamespace(),
        object.getMetadata().getName(),
        object.getMetadata().getUid(),
        object.getMetadata().getGeneration(),
        Instant.parse(object.getMetadata().getCreationTimestamp()),
        object.spec());
  }

  Assignment assignment() {
    return new Assignment(all);
  }

  /** The one that asked for this. */
  Optional<Policy> of(LedgerEntry entry) {
    RemediationSpec.PolicyRef ref = entry.spec().policy();
    return find(ref.namespace(), ref.name());
  }

  private Optional<Policy> find(String namespace, String name) {
    return all.stream()
        .filter(p -> p.namespace().equals(namespace) && p.name().equals(name))
        .findFirst();
  }

  /** Whether this policy, and no older one, acts on the cluster. */
  boolean acts(Policy policy, Cluster cluster) {
    Fleet alone =
        cluster.isManagement()
            ? new Fleet(List.of(), Optional.of(cluster))
            : new Fleet(List.of(cluster));
    boolean overlooked = cluster.isManagement() && policy.oversight() == Oversight.NONE;
    return !overlooked && !assignment().of(policy, alone).all().isEmpty();
  }
}
