package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.deploy.RbacAudit;
import io.nephio.recovery.servers.AuditEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A critical CustomResourceDefinition is gone: what the package holds at the merge commit is put
 * back, once, and only if it is still missing. Every story has a definition of its own.
 */
class CrdStoriesIT {
  @AutoClose private static Stage stage;

  private Instant began;

  @BeforeAll
  static void set() {
    stage = new Stage();
  }

  @BeforeEach
  void begin() {
    began = Instant.now();
  }

  @AfterEach
  void clear() {
    stage.clear();
  }

  @AfterAll
  static void nothingWasRefused() {
    RbacAudit.nothingWasRefused(stage.management);
  }

  @Test
  void oneThatIsMissingIsPutBackAsThePackageHoldsIt() {
    Remediation proposed = missing("gone", "edge41", "widgets");
    assertThat(proposed.spec().action()).isEqualTo(Action.ReapplyCrd);
    assertThat(proposed.status().proposal().repository()).isEqualTo("nephio/edge41");
    assertThat(stage.approver.pull(proposed).path("body").asText()).contains("crds/all.yaml");
    assertThat(changes()).as("before the merge").isEmpty();

    stage.approver.merge(proposed);

    Remediation done = stage.await("gone", Phase.Succeeded);
    assertThat(established("widgets")).isTrue();
    assertThat(changes())
        .extracting(e -> e.verb() + " " + e.resource() + " " + e.name())
        .containsExactly("patch customresourcedefinitions widgets.example.com");
    assertThat(done.status().reason()).isEqualTo("Healthy");
    assertThat(stage.meters.scrape()).contains("crd_reapplied_total{cluster=\"edge41\"");
    assertThat(stage.events("gone", done.getMetadata().getName()))
        .anyMatch(e -> "CrdReapplied".equals(e.getReason()));
  }

  @Test
  void oneThatSomebodyPutBackMeanwhileIsLeftAlone() {
    Remediation proposed = missing("back", "edge42", "gadgets");
    stage.stop();
    stage.workload.apply(manifest("gadgets", "v2"));

    stage.approver.merge(proposed);
    stage.start();

    Remediation done = stage.await("back", Phase.Superseded);
    assertThat(done.status().reason()).isEqualTo("Healed");
    assertThat(changes()).isEmpty();
  }

  @Test
  void aManifestThatAReviewerChangesIsNotWhatWasProposed() {
    Remediation proposed = missing("changed", "edge43", "sprockets");
    stage.approver.edit(proposed, "crds/all.yaml", "v1", "v2");

    stage.approver.merge(proposed);

    Remediation done = stage.await("changed", Phase.Refused);
    assertThat(done.status().reason()).isEqualTo("EditedOutsideEnvelope");
    assertThat(done.status().message()).contains("crds/all.yaml");
    assertThat(changes()).isEmpty();
  }

  @Test
  void oneThatIsTakenAwayAgainHasDrifted() {
    Remediation proposed = missing("drift", "edge44", "levers", "stabilization: 5m\n");
    stage.approver.merge(proposed);
    stage.await("drift", Phase.Verifying);

    crd("levers").delete();

    Remediation done = stage.await("drift", Phase.Failed);
    assertThat(done.status().reason()).isEqualTo("Drifted");
    assertThat(done.status().message()).contains("taken back");
  }

  private List<AuditEntry> changes() {
    return stage.changes().stream().filter(e -> e.at().isAfter(began)).toList();
  }

  /** Its package holds it beside something else, in one file. */
  private static Remediation missing(
      String namespace, String cluster, String plural, String... more) {
    String repository = "nephio/" + cluster;
    stage.repository(repository);
    stage.gitea.createFile(
        repository,
        "main",
        "crds/all.yaml",
        manifest("other" + plural, "v1") + "---\n" + manifest(plural, "v1"));
    stage.workers(namespace, cluster, 1);
    String critical = "criticalCRDs: {workload: [" + plural + ".example.com]}\n";
    List<String> fields = new ArrayList<>(List.of(more));
    fields.add(critical);
    stage.policy(namespace, "fleet", fields.toArray(String[]::new));
    stage.start();
    return stage.await(namespace, Phase.Proposed);
  }

  static String manifest(String plural, String version) {
    return """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: %1$s.example.com}
    spec:
      group: example.com
      scope: Namespaced
      names: {plural: %1$s, singular: %1$s1, kind: Kind%1$s, listKind: Kind%1$sList}
      versions:
      - {name: %2$s, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
    """
        .formatted(plural, version);
  }

  private static boolean established(String plural) {
    return crd(plural).get().getStatus().getConditions().stream()
        .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  private static Resource<CustomResourceDefinition> crd(String plural) {
    return stage
        .workload
        .client()
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(plural + ".example.com");
  }
}
