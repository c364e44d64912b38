package io.nephio.recovery.execute;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationSpec.Target;
import io.nephio.recovery.api.RemediationStatus.Execution;
import io.nephio.recovery.clusters.Trouble;
import io.nephio.recovery.lifecycle.Progress;
import io.nephio.recovery.plan.LedgerEntry;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Section E of the recovery flow: the workload is annotated and its pods are made anew, one after
 * the other as its strategy says.
 *
 * <p>One server-side apply under a field manager of its own sets the annotations of workload and
 * pod template together: it owns nothing but them, so no engine sees a drift, and the mark that
 * tells that it happened cannot be there without it.
 */
final class RestartRollout implements Action {
  static final String MANAGER = "recovery-operator-restart";
  static final String RESTARTED = "recovery.nephio.io/restarted";
  static final String RESTARTED_BY = "recovery.nephio.io/restarted-by";
  static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(MANAGER)
          .withForce(true)
          .build();

  private final Sites sites;

  RestartRollout(Sites sites) {
    this.sites = sites;
  }

  @Override
  public Progress progress(LedgerEntry entry) {
    return sites.progress(entry, client -> progress(client, entry));
  }

  private static Progress progress(KubernetesClient client, LedgerEntry entry) {
    return workload(client, entry)
        .filter(w -> isMarked(w, entry.name()))
        .<Progress>map(w -> new Progress.Happened())
        .orElseGet(Progress.NotStarted::new);
  }

  /** Ours by name, and written by us: anybody can copy an annotation. */
  private static boolean isMarked(GenericKubernetesResource workload, String remediation) {
    Map<String, String> annotations = workload.getMetadata().getAnnotations();
    return annotations != null
        && remediation.equals(annotations.get(RESTARTED_BY))
        && workload.getMetadata().getManagedFields().stream()
            .anyMatch(f -> MANAGER.equals(f.getManager()) && "Apply".equals(f.getOperation()));
  }

  private static Optional<GenericKubernetesResource> workload(
      KubernetesClient client, LedgerEntry entry) {
    return Optional.ofNullable(resource(client, entry.spec().target()).get())
        .filter(w -> w.getMetadata().getUid().equals(entry.spec().target().uid()));
  }

  private static Resource<GenericKubernetesResource> resource(
      KubernetesClient client, Target target) {
    return client
        .genericKubernetesResources(target.apiVersion(), target.kind())
        .inNamespace(target.namespace())
        .withName(target.name());
  }

  @Override
  public Outcome act(LedgerEntry entry, Fence fence) {
    return sites.of(entry).map(client -> act(client, entry, fence), Outcome.Safe::new);
  }

  private static Outcome act(KubernetesClient client, LedgerEntry entry, Fence fence) {
    Optional<GenericKubernetesResource> workload;
    Optional<String> broken;
    try {
      workload = workload(client, entry);
      broken = fence.broken();
    } catch (KubernetesClientException e) {
      return new Outcome.Safe(Trouble.text(e));
    }
    if (workload.isEmpty() || broken.isPresent()) {
      return new Outcome.Safe(broken.orElse("the workload is gone"));
    }
    try {
      resource(client, entry.spec().target()).patch(APPLY, applied(workload.get(), entry));
      return new Outcome.Done();
    } catch (KubernetesClientException e) {
      return Refusal.of(e, "the workload", "the restart");
    }
  }

  /** Only onto the very version that was read. */
  private static GenericKubernetesResource applied(
      GenericKubernetesResource read, LedgerEntry entry) {
    Execution execution =
        Objects.requireNonNull(entry.status().execution(), "an execution was begun");
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(read.getApiVersion())
        .withKind(read.getKind())
        .withNewMetadata()
        .withNamespace(read.getMetadata().getNamespace())
        .withName(read.getMetadata().getName())
        .withUid(read.getMetadata().getUid())
        .withResourceVersion(read.getMetadata().getResourceVersion())
        .withAnnotations(Map.of(RESTARTED, "true", RESTARTED_BY, entry.name()))
        .endMetadata()
        .addToAdditionalProperties(
            "spec",
            Map.of(
                "template",
                Map.of(
                    "metadata",
                    Map.of(
                        "annotations",
                        Map.of(
                            RESTARTED_AT,
                            restartedAt(entry.spec(), execution.startedAt()).toString())))))
        .build();
  }

  /** What the package says already, so that whoever applies that as well restarts nothing again. */
  static Instant restartedAt(RemediationSpec spec, Instant startedAt) {
    return spec.edit() == null ? startedAt : spec.proposedAt();
  }
}
