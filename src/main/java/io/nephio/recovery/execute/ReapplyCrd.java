package io.nephio.recovery.execute;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nephio.recovery.clusters.Trouble;
import io.nephio.recovery.lifecycle.Progress;
import io.nephio.recovery.plan.LedgerEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Section G of the recovery flow: a CustomResourceDefinition is applied again, as the merged
 * package holds it. Never one that lacks a version in which objects are stored: they could not be
 * read any more.
 */
final class ReapplyCrd implements Action {
  private static final String MANAGER = "recovery-operator-crd";
  private static final String REAPPLIED_BY = "recovery.nephio.io/reapplied-by";
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(MANAGER)
          .withForce(true)
          .build();

  private static final String GOING = "it is being deleted";

  private final Sites sites;
  private final Function<LedgerEntry, Optional<String>> manifests;

  /**
   * Applies what is merged.
   *
   * @param manifests what the package holds at the merge commit; empty while it cannot be read
   */
  ReapplyCrd(Sites sites, Function<LedgerEntry, Optional<String>> manifests) {
    this.sites = sites;
    this.manifests = manifests;
  }

  @Override
  public Progress progress(LedgerEntry entry) {
    return sites.progress(entry, client -> progress(client, entry));
  }

  /** What the merged manifest may not do it will never be allowed to. */
  private Progress progress(KubernetesClient client, LedgerEntry entry) {
    Optional<CustomResourceDefinition> now = read(client, entry);
    if (now.filter(ReapplyCrd::isGoing).isPresent()) {
      return new Progress.Stopped(GOING);
    }
    if (now.filter(crd -> isMarked(crd, entry.name())).isPresent()) {
      return new Progress.Happened();
    }
    return now.flatMap(
            crd -> merged(client, entry).flatMap(merged -> forbidden(crd, merged, entry)))
        .<Progress>map(Progress.Stopped::new)
        .orElseGet(Progress.NotStarted::new);
  }

  private static Optional<CustomResourceDefinition> read(
      KubernetesClient client, LedgerEntry entry) {
    return Optional.ofNullable(
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName(entry.spec().target().name())
            .get());
  }

  /** Its objects may keep it there for long; nobody can make new ones any more. */
  private static boolean isGoing(CustomResourceDefinition crd) {
    return crd.getMetadata().getDeletionTimestamp() != null;
  }

  private static boolean isMarked(CustomResourceDefinition crd, String remediation) {
    Map<String, String> annotations = crd.getMetadata().getAnnotations();
    return annotations != null
        && remediation.equals(annotations.get(REAPPLIED_BY))
        && crd.getMetadata().getManagedFields().stream()
            .anyMatch(f -> MANAGER.equals(f.getManager()));
  }

  @Override
  public Outcome act(LedgerEntry entry, Fence fence) {
    return sites.of(entry).map(client -> act(client, entry, fence), Outcome.Safe::new);
  }

  private Outcome act(KubernetesClient client, LedgerEntry entry, Fence fence) {
    try {
      Optional<CustomResourceDefinition> merged = merged(client, entry);
      if (merged.isEmpty()) {
        return new Outcome.Safe("the merged manifest cannot be read or is of something else");
      }
      Optional<CustomResourceDefinition> now = read(client, entry);
      Optional<String> problem =
          now.flatMap(crd -> forbidden(crd, merged.get(), entry)).or(fence::broken);
      return problem
          .<Outcome>map(Outcome.Safe::new)
          .orElseGet(() -> apply(client, marked(merged.get(), now, entry)));
    } catch (KubernetesClientException e) {
      return new Outcome.Safe(Trouble.text(e));
    }
  }

  private Optional<CustomResourceDefinition> merged(KubernetesClient client, LedgerEntry entry) {
    try {
      return manifests
          .apply(entry)
          .map(text -> client.getKubernetesSerialization().<Object>unmarshal(text))
          .filter(CustomResourceDefinition.class::isInstance)
          .map(CustomResourceDefinition.class::cast)
          .filter(crd -> entry.spec().target().name().equals(crd.getMetadata().getName()));
    } catch (RuntimeException e) {
      // There are as many ways to say that a text is no manifest as there are parsers.
      return Optional.empty();
    }
  }

  private static Optional<String> forbidden(
      CustomResourceDefinition now, CustomResourceDefinition merged, LedgerEntry entry) {
    String decided = entry.spec().target().uid();
    if (!decided.isEmpty() && !decided.equals(now.getMetadata().getUid())) {
      return Optional.of("another CustomResourceDefinition of this name is there now");
    }
    if (isGoing(now)) {
      return Optional.of(GOING);
    }
    List<String> kept =
        merged.getSpec().getVersions().stream()
            .map(CustomResourceDefinitionVersion::getName)
            .toList();
    List<String> stored = now.getStatus() == null ? List.of() : now.getStatus().getStoredVersions();
    return stored.stream()
        .filter(version -> !kept.contains(version))
        .findFirst()
        .map(version -> "objects are stored as " + version + ", which the merged manifest drops");
  }

  /** Onto the very version that was read, where there is one. */
  private static CustomResourceDefinition marked(
      CustomResourceDefinition merged, Optional<CustomResourceDefinition> now, LedgerEntry entry) {
    Map<String, String> annotations = new HashMap<>();
    if (merged.getMetadata().getAnnotations() != null) {
      annotations.putAll(merged.getMetadata().getAnnotations());
    }
    annotations.put(REAPPLIED_BY, entry.name());
    merged.getMetadata().setAnnotations(annotations);
    merged.setStatus(null);
    now.ifPresent(
        crd -> {
          merged.getMetadata().setUid(crd.getMetadata().getUid());
          merged.getMetadata().setResourceVersion(crd.getMetadata().getResourceVersion());
        });
    return merged;
  }

  private static Outcome apply(KubernetesClient client, CustomResourceDefinition crd) {
    try {
      client.resource(crd).patch(APPLY, crd);
      return new Outcome.Done();
    } catch (KubernetesClientException e) {
      return Refusal.of(e, "the CustomResourceDefinition", "it");
    }
  }
}
