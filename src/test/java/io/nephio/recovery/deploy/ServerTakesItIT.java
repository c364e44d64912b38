package io.nephio.recovery.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.nephio.recovery.api.ClusterPolicy;
import io.nephio.recovery.servers.KubeApiServer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real API server is asked whether it would take what is shipped, without keeping it. */
class ServerTakesItIT {
  @AutoClose private static KubeApiServer server;

  @BeforeAll
  static void start() {
    server = KubeApiServer.start("shipped");
    server.apply(Path.of("crds/clusterpolicies.recovery.nephio.io.yaml"));
    await().ignoreExceptions().until(() -> policies(server.client()) != null);
  }

  private static List<ClusterPolicy> policies(KubernetesClient client) {
    return client.resources(ClusterPolicy.class).inAnyNamespace().list().getItems();
  }

  @Test
  void deployBase() {
    assertThat(tried(Shipped.text())).hasSizeGreaterThan(12);
  }

  @Test
  void theOperatorPackageOfAnotherSite() {
    List<HasMetadata> taken =
        tried(
            KptPackage.OPERATOR.set(
                Map.of(
                    "namespace", "other",
                    "image", "registry.site.net:5000/recovery@sha256:" + "0".repeat(64),
                    "git-server-url", "https://git.site.net/gitea",
                    "git-secret-name", "bot",
                    "git-secret-namespace", "gitea")));
    assertThat(taken)
        .extracting(o -> o.getMetadata().getNamespace())
        .containsOnly("other", "gitea", null);
  }

  @Test
  void thePolicyPackage() {
    assertThat(tried(KptPackage.POLICY.set(KptPackage.POLICY.setters()))).hasSize(1);
  }

  /** Pod Security is checked on pods, not on the Deployment that makes them. */
  @Test
  void itsPodWhereOnlyRestrictedOnesMay() {
    tried(Shipped.text());
    PodSpec spec = Shipped.objects(Deployment.class).get(0).getSpec().getTemplate().getSpec();
    assertThat(tried(spec).getMetadata().getUid()).isNotEmpty();
    PodSpec loose = new PodSpecBuilder(spec).withSecurityContext(null).build();
    assertThatThrownBy(() -> tried(loose)).hasMessageContaining("violates PodSecurity");
  }

  private static Pod tried(PodSpec spec) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(Shipped.NAMESPACE)
            .withName("recovery-operator-0")
            .endMetadata()
            .withSpec(spec)
            .build();
    return server.client().resource(pod).dryRun().create();
  }

  /** Only the namespaces are really made: nothing can be tried in one that is not there. */
  private static List<HasMetadata> tried(String yaml) {
    var text = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    var taken = new ArrayList<HasMetadata>();
    for (HasMetadata object : server.client().load(text).items()) {
      String namespace = object.getMetadata().getNamespace();
      boolean isNamespace = object.getKind().equals("Namespace");
      if (namespace != null && server.client().namespaces().withName(namespace).get() == null) {
        server
            .client()
            .resource(
                new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
            .create();
      }
      var resource = server.client().resource(object);
      var operation = isNamespace ? resource : resource.dryRun();
      taken.add(operation.fieldValidation(Validation.STRICT).forceConflicts().serverSideApply());
    }
    return taken;
  }
}
