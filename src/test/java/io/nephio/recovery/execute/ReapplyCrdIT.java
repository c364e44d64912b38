package io.nephio.recovery.execute;

import static io.nephio.recovery.facts.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.RemediationSpec.ClusterIdentity;
import io.nephio.recovery.api.RemediationSpec.Target;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.clusters.Connections;
import io.nephio.recovery.lifecycle.Progress;
import io.nephio.recovery.plan.Entries;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.servers.AuditEntry;
import io.nephio.recovery.servers.ClusterApi;
import io.nephio.recovery.servers.KubeApiServer;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One server is both clusters. Every test has a definition of its own. */
class ReapplyCrdIT {
  private static final String USER = "recovery-operator";
  private static final Fence WHOLE = Optional::empty;

  @AutoClose private static KubeApiServer server;
  @AutoClose private static Connections connections;

  @BeforeAll
  static void start() {
    server = KubeApiServer.start("both");
    ClusterApi capi = ClusterApi.install(server);
    capi.kubeconfig(capi.cluster("edge", "one"), server.kubeconfig(USER, "system:masters"));
    KubernetesClient operator = server.client(USER, "system:masters");
    connections = new Connections(operator);
  }

  @Test
  void aMissingOneIsAppliedOnceAsItWasMerged() {
    LedgerEntry entry = entry("apples", "");
    ReapplyCrd reapply = reapply(manifest("apples", "v1"));
    assertThat(reapply.progress(entry)).isEqualTo(new Progress.NotStarted());

    assertThat(reapply.act(entry, WHOLE)).isEqualTo(new Outcome.Done());

    assertThat(reapply.progress(entry)).isEqualTo(new Progress.Happened());
    assertThat(read("apples").getSpec().getNames().getKind()).isEqualTo(kind("apples"));
    assertThat(patches("apples")).isEqualTo(1);
  }

  @Test
  void oneThatIsThereGetsItsVersionsBack() {
    server.apply(manifest("pears", "v1"));
    LedgerEntry entry = entry("pears", read("pears").getMetadata().getUid());

    assertThat(reapply(manifest("pears", "v1", "v2")).act(entry, WHOLE))
        .isEqualTo(new Outcome.Done());

    assertThat(read("pears").getSpec().getVersions()).hasSize(2);
  }

  @Test
  void oneThatIsBeingDeletedHasNotHappened() {
    LedgerEntry entry = entry("grapes", "");
    ReapplyCrd reapply = reapply(manifest("grapes", "v1"));
    assertThat(reapply.act(entry, WHOLE)).isEqualTo(new Outcome.Done());
    finalizers("grapes", "['example.com/kept']");
    server.client().resource(read("grapes")).delete();

    assertThat(reapply.progress(entry)).isEqualTo(new Progress.Stopped("it is being deleted"));

    finalizers("grapes", "null");
  }

  private static void finalizers(String plural, String names) {
    server
        .client()
        .resource(read(plural))
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{'metadata': {'finalizers': %s}}".formatted(names).replace('\'', '"'));
  }

  @Test
  void aStoredVersionIsNeverDropped() {
    server.apply(manifest("plums", "v1"));
    Stored.await(server, "plums.example.com");
    LedgerEntry entry = entry("plums", read("plums").getMetadata().getUid());

    assertThat(reapply(manifest("plums", "v2")).act(entry, WHOLE))
        .isEqualTo(new Outcome.Safe("objects are stored as v1, which the merged manifest drops"));
    assertThat(patches("plums")).isZero();
  }

  @Test
  void anotherOneOfTheNameIsLeftAlone() {
    server.apply(manifest("figs", "v1"));

    assertThat(reapply(manifest("figs", "v1")).act(entry("figs", "another-uid"), WHOLE))
        .isEqualTo(new Outcome.Safe("another CustomResourceDefinition of this name is there now"));
  }

  @Test
  void whatWasMergedMustBeWhatWasDecided() {
    var of = new Outcome.Safe("the merged manifest cannot be read or is of something else");

    assertThat(reapply(manifest("kiwis", "v1")).act(entry("limes", ""), WHOLE)).isEqualTo(of);
    assertThat(reapply("a: [").act(entry("limes", ""), WHOLE)).isEqualTo(of);
    assertThat(reapply("{apiVersion: v1, kind: ConfigMap}").act(entry("limes", ""), WHOLE))
        .isEqualTo(of);
  }

  @Test
  void behindABrokenFenceNothingIsApplied() {
    assertThat(
            reapply(manifest("dates", "v1"))
                .act(entry("dates", ""), () -> Optional.of("another process leads")))
        .isEqualTo(new Outcome.Safe("another process leads"));
    assertThat(read("dates")).isNull();
  }

  /** The API server notes the stored version in a moment. */
  private static final class Stored {
    static void await(KubeApiServer server, String name) {
      org.awaitility.Awaitility.await()
          .until(
              () -> {
                var status =
                    server
                        .client()
                        .apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(name)
                        .get()
                        .getStatus();
                return status != null && !status.getStoredVersions().isEmpty();
              });
    }
  }

  private static ReapplyCrd reapply(String manifest) {
    return new ReapplyCrd(new Sites(connections, () -> NOW), e -> Optional.of(manifest));
  }

  private static long patches(String plural) {
    return server.audit().stream()
        .filter(e -> e.user().equals(USER) && e.verb().equals("patch"))
        .map(AuditEntry::name)
        .filter((plural + ".example.com")::equals)
        .count();
  }

  private static CustomResourceDefinition read(String plural) {
    return server
        .client()
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(plural + ".example.com")
        .get();
  }

  /** The first version is the one in which objects are stored. */
  private static String manifest(String plural, String... versions) {
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: %1$s.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {plural: %1$s, singular: %1$s1, kind: %2$s, listKind: %2$sList}
              versions:
            """
                .formatted(plural, kind(plural)));
    for (String version : versions) {
      text.append("  - {name: ")
          .append(version)
          .append(", served: true, storage: ")
          .append(version.equals(versions[0]))
          .append(", schema: {openAPIV3Schema: {type: object}}}\n");
    }
    return text.toString();
  }

  private static String kind(String plural) {
    return "Kind" + plural;
  }

  private static LedgerEntry entry(String plural, String uid) {
    return new LedgerEntry(
        "one-" + plural + "-1f2e3d4c",
        Entries.spec(
            Action.ReapplyCrd,
            new ClusterIdentity("edge", "one", "", ""),
            new Target(
                "apiextensions.k8s.io/v1",
                "CustomResourceDefinition",
                null,
                plural + ".example.com",
                uid),
            null,
            null),
        RemediationStatus.empty());
  }
}
