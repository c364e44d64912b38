package io.nephio.recovery.execute;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nephio.recovery.clusters.Trouble;
import io.nephio.recovery.lifecycle.Progress;
import io.nephio.recovery.plan.LedgerEntry;
import java.util.List;
import java.util.Optional;

/**
 * Section C3 of the recovery flow: the Node is cordoned, then its pods are evicted as their budgets
 * allow. It goes on from pass to pass, each with a fresh look, so that doing it again is harmless;
 * a person who uncordons the Node stops it.
 */
final class DrainNode implements Action {
  private final Sites sites;

  DrainNode(Sites sites) {
    this.sites = sites;
  }

  @Override
  public Progress progress(LedgerEntry entry) {
    return sites.progress(entry, client -> progress(client, entry));
  }

  private static Progress progress(KubernetesClient client, LedgerEntry entry) {
    Optional<Node> node = node(client, entry);
    if (node.isEmpty()) {
      return new Progress.Happened();
    }
    if (!Cordon.isMarked(node.get(), entry.name())) {
      return new Progress.NotStarted();
    }
    if (Cordon.isLifted(node.get(), entry.name())) {
      return new Progress.Stopped(Cordon.LIFTED);
    }
    List<Pod> left = residents(client, entry).movable();
    return left.isEmpty() ? new Progress.Happened() : new Progress.Partly(left(left));
  }

  private static String left(List<Pod> pods) {
    return pods.size() == 1
        ? "pod " + name(pods.get(0)) + " is still there"
        : pods.size() + " pods are still there, among them " + name(pods.get(0));
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }

  private static Optional<Node> node(KubernetesClient client, LedgerEntry entry) {
    return Optional.ofNullable(client.nodes().withName(entry.spec().target().name()).get())
        .filter(n -> n.getMetadata().getUid().equals(entry.spec().target().uid()));
  }

  private static Residents residents(KubernetesClient client, LedgerEntry entry) {
    return new Residents(client, entry.spec().target().name());
  }

  @Override
  public Outcome act(LedgerEntry entry, Fence fence) {
    return sites.of(entry).map(client -> act(client, entry, fence), Outcome.Safe::new);
  }

  private static Outcome act(KubernetesClient client, LedgerEntry entry, Fence fence) {
    try {
      Optional<Node> node = node(client, entry);
      if (node.isEmpty()) {
        return new Outcome.Safe("the Node is gone");
      }
      if (Cordon.isCordoned(node.get()) && !Cordon.isMarked(node.get(), entry.name())) {
        return new Outcome.Safe("the Node is cordoned already: somebody is at it");
      }
      Optional<Pod> lost = Residents.lost(residents(client, entry).movable());
      if (lost.isPresent()) {
        return new Outcome.Safe("pod " + name(lost.get()) + " has no controller and would be lost");
      }
      Optional<String> problem =
          fence
              .broken()
              .or(() -> new Cordon(client, entry.spec().target().name()).set(entry.name()));
      return problem.<Outcome>map(Outcome.Safe::new).orElseGet(() -> evict(client, entry, fence));
    } catch (KubernetesClientException e) {
      return new Outcome.Safe(Trouble.text(e));
    }
  }

  private static Outcome evict(KubernetesClient client, LedgerEntry entry, Fence fence) {
    Residents residents = residents(client, entry);
    Eviction eviction = new Eviction(client);
    String held = "";
    for (Pod pod : residents.next(residents.movable())) {
      Optional<String> broken = fence.broken();
      if (broken.isPresent()) {
        return new Outcome.Safe(broken.get());
      }
      if (eviction.evict(pod) instanceof Outcome.Safe safe && !safe.why().endsWith("is gone")) {
        held = "; " + name(pod) + " " + safe.why();
      }
    }
    List<Pod> left = residents.movable();
    return left.isEmpty() ? new Outcome.Done() : new Outcome.Safe(left(left) + held);
  }

  /** Stopped half-way, pods may come back. */
  @Override
  public Optional<String> undo(LedgerEntry entry) {
    return uncordon(entry);
  }

  /** A Node that is still sick is given no pods. */
  @Override
  public Optional<String> settle(LedgerEntry entry, boolean healed) {
    return healed ? uncordon(entry) : Optional.empty();
  }

  private Optional<String> uncordon(LedgerEntry entry) {
    return Cordon.lift(sites.of(entry), entry);
  }
}
