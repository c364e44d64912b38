package io.nephio.recovery.facts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code controlPlaneRef} names: a KubeadmControlPlane, or any other kind that plays its part.
 *
 * @param replicas wanted; empty for a managed control plane that has no Machines
 * @param ready replicas that are
 * @param initialized whether it ever answered; empty when its provider does not tell
 * @param rollingOut whether it replaces members of an older template
 * @param externalEtcd whether etcd lives elsewhere, so that its members are not the Machines
 * @param conditions of the newest contract the object speaks
 */
public record ControlPlane(
    ObjectRef ref,
    Instant created,
    boolean deleting,
    boolean paused,
    Optional<Integer> replicas,
    Optional<Integer> ready,
    Optional<Boolean> initialized,
    boolean rollingOut,
    boolean externalEtcd,
    List<Condition> conditions) {

  public ControlPlane {
    conditions = List.copyOf(conditions);
  }

  /** Only this kind has rules for its members that are known and published. */
  public boolean kubeadm() {
    return ref.kind().equals("KubeadmControlPlane");
  }

  public Optional<Condition> condition(String type) {
    return Condition.find(conditions, type);
  }

  /** Whether fewer replicas are ready than wanted. */
  public boolean lacking() {
    return replicas.isPresent() && ready.orElse(0) < replicas.get();
  }
}
