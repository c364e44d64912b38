package io.nephio.recovery.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.plan.Entries;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestartedAtTest {
  private static final KubernetesSerialization FORM = new KubernetesSerialization();
  private static final Instant STARTED = Instant.parse("2026-02-01T00:00:00Z");

  private final RemediationSpec record = Entries.worker(RemediationStatus.empty()).spec();

  @Test
  void isWhenTheActBeganWhereNoPackageSaysAnything() {
    assertThat(RestartRollout.restartedAt(record, STARTED)).isEqualTo(STARTED);
  }

  @Test
  void isWhatThePackageSaysOrTheRolloutWouldStartTwice() {
    Map<?, ?> form = FORM.convertValue(record, Map.class);
    Map<Object, Object> tree = new HashMap<>(form);
    tree.put("edit", Map.of("path", "smf/d.yaml", "package", "smf", "sha256", "0".repeat(64)));
    RemediationSpec edited = FORM.convertValue(tree, RemediationSpec.class);
    assertThat(RestartRollout.restartedAt(edited, STARTED)).isEqualTo(record.proposedAt());
  }
}
