package io.nephio.recovery.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.clusters.Trouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each remediation one step further, pass by pass. */
@ControllerConfiguration(name = "remediation")
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1000, maxInterval = 30000)
final class RemediationReconciler implements Reconciler<Remediation> {
  private static final Logger LOG = LoggerFactory.getLogger(RemediationReconciler.class);

  private final RemediationPass pass;

  RemediationReconciler(RemediationPass pass) {
    this.pass = pass;
  }

  @Override
  public UpdateControl<Remediation> reconcile(Remediation cached, Context<Remediation> context) {
    UpdateControl<Remediation> nothing = UpdateControl.noUpdate();
    try {
      return pass.run(cached).map(nothing::rescheduleAfter).orElse(nothing);
    } catch (KubernetesClientException e) {
      LOG.warn("Remediation {}: {}", cached.getMetadata().getName(), Trouble.text(e));
      return nothing.rescheduleAfter(Inspection.LONGEST_POLL);
    }
  }
}
