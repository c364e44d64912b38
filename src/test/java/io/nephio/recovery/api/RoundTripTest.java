package io.nephio.recovery.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
  @Test
  void aWholeRemediation() {
    ObjectNode tree = Samples.tree(Samples.REMEDIATION);
    tree.set("status", Samples.tree(Samples.STATUS));
    Remediation read = Samples.read(tree, Remediation.class);
    assertThat(Samples.written(read.status())).isEqualTo(tree.get("status"));
    String yaml = Samples.SERIALIZATION.asYaml(read);
    assertThat(Samples.SERIALIZATION.unmarshal(yaml, Remediation.class)).isEqualTo(read);
    assertThat(Samples.tree(yaml).get("status")).isEqualTo(tree.get("status"));
  }

  @Test
  void everyDefaultOfAPolicy() {
    var written = Samples.written(ClusterPolicySpec.defaults());
    assertThat(Samples.read(written, ClusterPolicySpec.class))
        .isEqualTo(ClusterPolicySpec.defaults());
  }

  @Test
  void anEmptyStatusIsNotWrittenForAnObjectWithoutOne() {
    assertThat(Samples.remediation().status()).isSameAs(RemediationStatus.empty());
    assertThat(Samples.policy().status()).isSameAs(ClusterPolicyStatus.empty());
    assertThat(Samples.written(Samples.remediation()).has("status")).isFalse();
  }

  @Test
  void packageIsItsNameInJson() {
    var edit = new RemediationSpec.Edit("smf/deployment.yaml", "smf", "00", null);
    assertThat(Samples.written(edit).get("package").asText()).isEqualTo("smf");
  }

  @Test
  void whatALaterVersionAddsIsLeftOut() {
    ObjectNode tree = Samples.tree(Samples.POLICY);
    ((ObjectNode) tree.get("spec")).put("fromLater", 1);
    assertThat(Samples.read(tree, ClusterPolicy.class).spec())
        .isEqualTo(ClusterPolicySpec.defaults());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-25T05:24:00Z,           2026-11-25T05:24:00Z",
    "2026-11-25T05:24:00.987654321Z, 2026-11-25T05:24:00Z",
    "2026-11-25T07:24:00+02:00,      2026-11-25T05:24:00Z",
    "2026-11-25T05:24:00.000Z,       2026-11-25T05:24:00Z",
  })
  void timesAreWrittenInWholeSeconds(String given, Instant at) {
    ObjectNode spec = (ObjectNode) Samples.tree(Samples.REMEDIATION).get("spec");
    spec.put("expiresAt", given);
    RemediationSpec read = Samples.read(spec, RemediationSpec.class);
    assertThat(read.expiresAt()).isEqualTo(at);
    assertThat(Samples.written(read).get("expiresAt").asText()).isEqualTo(at.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "action",
        "expiresAt",
        "policy",
        "cluster",
        "target",
        "reason",
        "failureClass",
        "fingerprint",
        "lineage",
        "attempt",
        "failingSince",
        "proposedAt",
        "why"
      })
  void aMissingFieldIsNamed(String field) {
    ObjectNode spec = (ObjectNode) Samples.tree(Samples.REMEDIATION).get("spec");
    spec.remove(field);
    assertThatThrownBy(() -> Samples.read(spec, RemediationSpec.class))
        .hasMessageContaining("spec.%s is missing", field);
  }

  @ParameterizedTest
  @CsvSource({"2h, PT2H", "'', "})
  void reminders(String text, Duration after) {
    ObjectNode review = Samples.tree("{}").put("remindAfter", text);
    assertThat(Samples.read(review, ClusterPolicySpec.Review.class).reminder())
        .isEqualTo(Optional.ofNullable(after));
  }
}
