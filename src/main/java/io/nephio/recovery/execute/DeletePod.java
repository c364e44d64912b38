package io.nephio.recovery.execute;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nephio.recovery.clusters.Trouble;
import io.nephio.recovery.lifecycle.Progress;
import io.nephio.recovery.plan.LedgerEntry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Section D of the recovery flow: the pod is deleted, by eviction, and its controller makes a new
 * one. Right before, an event on the pod says so; it has a name of its own, so that it is there
 * once however often this is tried.
 */
final class DeletePod implements Action {
  private static final Logger LOG = LoggerFactory.getLogger(DeletePod.class);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final int LONGEST_NAME = 200;

  private final Sites sites;

  DeletePod(Sites sites) {
    this.sites = sites;
  }

  @Override
  public Progress progress(LedgerEntry entry) {
    return sites.progress(entry, client -> progress(client, entry));
  }

  private static Progress progress(KubernetesClient client, LedgerEntry entry) {
    return pod(client, entry)
        .<Progress>map(p -> new Progress.NotStarted())
        .orElseGet(Progress.Happened::new);
  }

  /** The pod of the approved uid, unless it is going already. */
  private static Optional<Pod> pod(KubernetesClient client, LedgerEntry entry) {
    Pod found =
        client
            .pods()
            .inNamespace(entry.spec().target().namespace())
            .withName(entry.spec().target().name())
            .get();
    return Optional.ofNullable(found)
        .filter(p -> p.getMetadata().getUid().equals(entry.spec().target().uid()))
        .filter(p -> p.getMetadata().getDeletionTimestamp() == null);
  }

  @Override
  public Outcome act(LedgerEntry entry, Fence fence) {
    return sites.of(entry).map(client -> act(client, entry, fence), Outcome.Safe::new);
  }

  private Outcome act(KubernetesClient client, LedgerEntry entry, Fence fence) {
    try {
      Optional<Pod> pod = pod(client, entry);
      if (pod.isEmpty()) {
        return new Outcome.Safe("the pod is gone");
      }
      Eviction eviction = new Eviction(client);
      Outcome answer = eviction.ask(pod.get());
      if (!(answer instanceof Outcome.Done)) {
        return answer;
      }
      Optional<String> broken = fence.broken();
      if (broken.isPresent()) {
        return new Outcome.Safe(broken.get());
      }
      say(client, entry, pod.get(), sites.now());
      return fence
          .broken()
          .<Outcome>map(Outcome.Safe::new)
          .orElseGet(() -> eviction.evict(pod.get()));
    } catch (KubernetesClientException e) {
      return new Outcome.Safe(Trouble.text(e));
    }
  }

  /** An event that cannot be written is lost, and nothing else is. */
  private static void say(KubernetesClient client, LedgerEntry entry, Pod pod, Instant at) {
    String name = pod.getMetadata().getName();
    String cut = name.substring(0, Math.min(name.length(), LONGEST_NAME));
    var event =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace(pod.getMetadata().getNamespace())
            .withName(cut + "." + entry.spec().fingerprint() + "-a" + entry.spec().attempt())
            .endMetadata()
            .withEventTime(new MicroTime(MICROS.format(at)))
            .withReportingController("recovery.nephio.io/operator")
            .withReportingInstance(entry.name())
            .withType("Warning")
            .withReason("PersistentCrashLoop")
            .withAction("DeletePod")
            .withNote("Deleting pod to force recreate")
            .withNewRegarding()
            .withApiVersion("v1")
            .withKind("Pod")
            .withNamespace(pod.getMetadata().getNamespace())
            .withName(name)
            .withUid(pod.getMetadata().getUid())
            .endRegarding()
            .build();
    try {
      client.events().v1().events().resource(event).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != Refusal.CONFLICT) {
        LOG.warn("no event on pod {}: {}", name, Trouble.text(e));
      }
    }
  }
}
