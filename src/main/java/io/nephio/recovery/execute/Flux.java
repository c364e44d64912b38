package io.nephio.recovery.execute;

import static io.nephio.recovery.execute.Engine.text;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;

/** Flux: a Kustomization applies a folder of what a GitRepository has fetched. */
final class Flux implements Engine {
  private static final String REPOSITORY = "GitRepository";

  @Override
  public List<Applier> appliers(Kinds kinds, Source source, Destination to) {
    List<GenericKubernetesResource> repositories =
        kinds.list("source.toolkit.fluxcd.io", REPOSITORY).stream()
            .filter(r -> source.isFrom(text(r, "spec", "url")))
            .filter(r -> source.isOn(text(r, "spec", "ref", "branch")))
            .toList();
    return repositories.isEmpty()
        ? List.of()
        : kinds.list("kustomize.toolkit.fluxcd.io", "Kustomization").stream()
            .filter(k -> applies(k, to))
            .filter(k -> source.isIn(text(k, "spec", "path")))
            .flatMap(k -> repositories.stream().filter(r -> isSource(k, r)).map(r -> applier(k, r)))
            .toList();
  }

  private static boolean applies(GenericKubernetesResource kustomization, Destination to) {
    return kustomization.get("spec", "kubeConfig") == null
        ? to.isHere()
        : to.isKubeconfig(
            kustomization.getMetadata().getNamespace(),
            text(kustomization, "spec", "kubeConfig", "secretRef", "name"));
  }

  private static boolean isSource(
      GenericKubernetesResource kustomization, GenericKubernetesResource repository) {
    String namespace = text(kustomization, "spec", "sourceRef", "namespace");
    String home = namespace.isEmpty() ? kustomization.getMetadata().getNamespace() : namespace;
    return REPOSITORY.equals(text(kustomization, "spec", "sourceRef", "kind"))
        && repository
            .getMetadata()
            .getName()
            .equals(text(kustomization, "spec", "sourceRef", "name"))
        && repository.getMetadata().getNamespace().equals(home);
  }

  private static Applier applier(
      GenericKubernetesResource kustomization, GenericKubernetesResource repository) {
    String revision = text(kustomization, "status", "lastAppliedRevision");
    // As main@sha1:1f2e…; before Flux 2 main/1f2e….
    return new Applier(
        "Flux's Kustomization " + Engine.name(kustomization),
        revision.substring(Math.max(revision.lastIndexOf(':'), revision.lastIndexOf('/')) + 1),
        suspended(kustomization)
            .or(() -> suspended(repository))
            .or(() -> Engine.condition(repository, "Ready", "False"))
            .or(() -> Engine.condition(kustomization, "Ready", "False"))
            .orElse(""));
  }

  private static Optional<String> suspended(GenericKubernetesResource object) {
    return Boolean.TRUE.equals(object.get("spec", "suspend"))
        ? Optional.of(object.getKind() + " " + Engine.name(object) + " is suspended")
        : Optional.empty();
  }
}
