package io.nephio.recovery.observe.live;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.nephio.recovery.facts.Contents;
import io.nephio.recovery.facts.Crd;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Lease;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.observe.ContentsReader;
import io.nephio.recovery.observe.ContentsReading;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is around one object, asked of the API server and not of a cache: everything in its
 * namespace, or a CustomResourceDefinition itself.
 */
record CloseLook(KubernetesClient client, ObjectRef target) {
  private static final String CRD = "CustomResourceDefinition";
  private static final ResourceDefinitionContext CRDS =
      new ResourceDefinitionContext.Builder()
          .withGroup("apiextensions.k8s.io")
          .withVersion("v1")
          .withKind(CRD)
          .withPlural("customresourcedefinitions")
          .withNamespaced(false)
          .build();

  /** In the place of what the watches show of it. */
  Contents into(Contents watched) {
    if (target.kind().equals(CRD)) {
      return with(watched, watched.leases(), one(watched.crds()));
    }
    return target.namespace() == null
        ? watched
        : with(
            new ContentsReader(new Lists(client, target.namespace())).contents(),
            watched.leases(),
            watched.crds());
  }

  private static Contents with(Contents contents, Known<Lease> leases, Known<Crd> crds) {
    return new Contents(
        contents.pods(),
        contents.workloads(),
        contents.replicaSets(),
        contents.jobs(),
        contents.budgets(),
        leases,
        crds);
  }

  private Known<Crd> one(Known<Crd> watched) {
    GenericKubernetesResource found =
        client.genericKubernetesResources(CRDS).withName(target.name()).get();
    return new Known.Seen<>(
        Stream.concat(
                watched.items().stream().filter(c -> !c.ref().name().equals(target.name())),
                Optional.ofNullable(found)
                    .map(f -> ContentsReading.crd(Trees.of(client, f)))
                    .stream())
            .toList());
  }
}
