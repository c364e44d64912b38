package io.nephio.recovery.operator;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.lifecycle.Retention;
import io.nephio.recovery.plan.Identity;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Remediations of the management cluster.
 *
 * <p>No decision reads a cache. A cache is behind its own writer's writes, and a decision made on
 * an old state would be made twice. A status is written only onto the very version that was read;
 * whoever loses that race has done nothing and looks again.
 */
final class LedgerStore {
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final int LONGEST_LABEL = 63;

  private static final PatchContext OURS =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("recovery-operator")
          .withForce(true)
          .build();

  private static final Duration LATELY = Duration.ofSeconds(2);

  private final KubernetesClient management;
  private @Nullable Read last;

  private record Read(long began, Ledger ledger) {}

  LedgerStore(KubernetesClient management) {
    this.management = management;
  }

  /**
   * As it was two seconds ago at most, and not before any read of this process: for what is told,
   * never for what is decided.
   */
  Ledger lately() {
    return readAfter(System.nanoTime() - LATELY.toNanos());
  }

  /** As it is now. */
  Ledger all() {
    return readAfter(System.nanoTime());
  }

  /** Whoever waits for another's read takes it over, if that began after this instant. */
  private synchronized Ledger readAfter(long asked) {
    Read known = last;
    if (known == null || known.began() - asked < 0) {
      known = new Read(System.nanoTime(), list());
      last = known;
    }
    return known.ledger();
  }

  private Ledger list() {
    return new Ledger(
        management.resources(Remediation.class).inAnyNamespace().list().getItems().stream()
            .map(LedgerStore::entry)
            .toList());
  }

  static LedgerEntry entry(Remediation remediation) {
    return new LedgerEntry(
        remediation.getMetadata().getName(), remediation.spec(), remediation.status());
  }

  Optional<Remediation> get(String namespace, String name) {
    return Optional.ofNullable(
        management.resources(Remediation.class).inNamespace(namespace).withName(name).get());
  }

  /** Empty if it is there already, which is no mistake: its name is its identity. */
  Optional<Remediation> create(Policy policy, Identity id, RemediationSpec spec) {
    Remediation remediation = new Remediation();
    remediation.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(policy.namespace())
            .withName(id.name())
            .withLabels(labels(policy, id, spec))
            .build());
    remediation.setSpec(spec);
    try {
      return Optional.of(management.resource(remediation).create());
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Map<String, String> labels(Policy policy, Identity id, RemediationSpec spec) {
    return Map.of(
        "recovery.nephio.io/policy", label(policy.name()),
        "recovery.nephio.io/cluster", label(spec.cluster().name()),
        "recovery.nephio.io/lineage", id.lineage());
  }

  /** Names may be longer than label values; what is cut must still end as one may. */
  private static String label(String name) {
    return name.length() <= LONGEST_LABEL
        ? name
        : name.substring(0, LONGEST_LABEL).replaceAll("[^A-Za-z0-9]+$", "");
  }

  /** Forgets what has been over for long, each only as it was read. */
  void prune(Instant at) {
    List<Remediation> all =
        management.resources(Remediation.class).inAnyNamespace().list().getItems();
    Set<String> over = Retention.over(all.stream().map(LedgerStore::entry).toList(), at);
    all.stream().filter(r -> over.contains(r.getMetadata().getName())).forEach(this::forget);
  }

  private void forget(Remediation read) {
    try {
      var unused = management.resource(read).lockResourceVersion().delete();
    } catch (KubernetesClientException e) {
      if (!List.of(CONFLICT, NOT_FOUND).contains(e.getCode())) {
        throw e;
      }
    }
  }

  /** What it is now; empty if somebody else has written it since it was read. */
  Optional<Remediation> write(Remediation read, RemediationStatus status) {
    Remediation next = new Remediation();
    next.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(read.getMetadata().getNamespace())
            .withName(read.getMetadata().getName())
            .withResourceVersion(read.getMetadata().getResourceVersion())
            .build());
    next.setStatus(status.withObservedGeneration(read.getMetadata().getGeneration()));
    try {
      return Optional.of(management.resource(next).subresource("status").patch(OURS));
    } catch (KubernetesClientException e) {
      if (List.of(CONFLICT, NOT_FOUND).contains(e.getCode())) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
