package io.nephio.recovery.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KubeApiServerIT {
  private static final String EDITOR =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: editor, namespace: default}
      rules:
      - {apiGroups: [""], resources: [configmaps], verbs: [create, delete]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: editor, namespace: default}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: editor}
      subjects:
      - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: editors}
      """;

  @AutoClose private static KubeApiServer kube;

  @BeforeAll
  static void start() {
    kube = KubeApiServer.start("kube");
  }

  @Test
  void theAuditLogTellsWhoDeletedWhat() {
    kube.apply(EDITOR);
    KubernetesClient jane = kube.client("jane", "editors");

    await("the role is known")
        .ignoreExceptions()
        .until(() -> jane.resource(configMap("deleted")).create() != null);
    jane.resource(configMap("deleted")).delete();

    List<AuditEntry> deleted = kube.awaitAudit(entry -> entry.verb().equals("delete"));
    assertThat(deleted).hasSize(1);
    AuditEntry entry = deleted.get(0);
    assertThat(List.of(entry.user(), entry.resource(), entry.namespace(), entry.name()))
        .containsExactly("jane", "configmaps", "default", "deleted");
    assertThat(entry.code()).isEqualTo(200);
    assertThat(entry.subresource()).isEmpty();
    assertThat(entry.uri()).startsWith("/api/v1/namespaces/default/configmaps/deleted");
  }

  @Test
  void aUserWithoutRoleIsRefused() {
    KubernetesClient stranger = kube.client("stranger");

    assertThatThrownBy(() -> stranger.resource(configMap("refused")).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("User \"stranger\" cannot create resource \"configmaps\"");
    assertThat(kube.awaitAudit(entry -> entry.user().equals("stranger")))
        .extracting(AuditEntry::code)
        .containsExactly(403);
  }

  @Test
  void aRestartKeepsTheData() {
    kube.client().resource(configMap("kept")).create();

    kube.restart();

    assertThat(kube.client().resource(configMap("kept")).get()).isNotNull();
  }

  @Test
  void aPausedServerAnswersLater() {
    Config impatient =
        new ConfigBuilder(kube.config())
            .withRequestTimeout(200)
            .withRequestRetryBackoffLimit(0)
            .build();
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(impatient).build()) {
      kube.pause();
      assertThatThrownBy(() -> client.raw("/readyz")).hasRootCauseInstanceOf(IOException.class);
      kube.resume();
      await().ignoreExceptions().until(() -> client.raw("/readyz").equals("ok"));
    }
  }

  @Test
  void aServerThatDiesSaysWhy() {
    assertThatThrownBy(() -> KubeApiServer.start("broken", "--no-such-flag"))
        .hasStackTraceContaining("unknown flag: --no-such-flag");
  }

  private static ConfigMap configMap(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .build();
  }
}
