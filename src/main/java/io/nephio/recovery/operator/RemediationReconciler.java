package io.nephio.recovery.operator;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.nephio.recovery.api.Remediation;

/** Takes each remediation one step further, pass by pass. */
@ControllerConfiguration(name = "remediation")
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1000, maxInterval = 30000)
final class RemediationReconciler implements Reconciler<Remediation> {
  private final RemediationPass pass;

  RemediationReconciler(RemediationPass pass) {
    this.pass = pass;
  }

  @Override
  public UpdateControl<Remediation> reconcile(Remediation cached, Context<Remediation> context) {
    UpdateControl<Remediation> nothing = UpdateControl.noUpdate();
    return pass.run(cached.getMetadata().getNamespace(), cached.getMetadata().getName())
        .map(nothing::rescheduleAfter)
        .orElse(nothing);
  }
}
