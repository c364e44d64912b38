package io.nephio.recovery.operator;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The ledger as it was at another time. */
record Backup(KubernetesClient client) {

  /** As a backup holds it. */
  void restore(Remediation backup) {
    put(backup.getMetadata().getName(), backup, backup.spec(), backup.status());
  }

  /** One that is over for so long, beside the one that it is made after. */
  void aged(Remediation like, Duration age) {
    Instant at = Instant.now().minus(age);
    RemediationSpec of = like.spec();
    RemediationSpec spec =
        new RemediationSpec(
            of.action(),
            at,
            of.note(),
            of.policy(),
            of.cluster(),
            of.target(),
            of.machine(),
            of.owner(),
            of.edit(),
            of.reason(),
            of.failureClass(),
            "00000000",
            "00000000",
            1,
            at,
            at,
            of.executeWithin(),
            of.stabilization(),
            of.why(),
            of.evidence());
    RemediationStatus over =
        RemediationStatus.empty()
            .with(Phase.Succeeded, "Healthy", "")
            .withHistory(List.of(new RemediationStatus.Transition(at, Phase.Succeeded, "Healthy")));
    put(like.getMetadata().getNamespace() + "-long-ago", like, spec, over);
  }

  private void put(String name, Remediation like, RemediationSpec spec, RemediationStatus status) {
    Remediation anew = new Remediation();
    anew.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(like.getMetadata().getNamespace())
            .withName(name)
            .withLabels(like.getMetadata().getLabels())
            .build());
    anew.setSpec(spec);
    Remediation created = client.resource(anew).create();
    created.setStatus(status);
    client.resource(created).updateStatus();
  }
}
