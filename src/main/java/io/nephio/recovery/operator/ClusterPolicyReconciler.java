package io.nephio.recovery.operator;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.nephio.recovery.api.ClusterPolicy;
import io.nephio.recovery.clusters.Trouble;
import io.nephio.recovery.judge.Memory;
import io.nephio.recovery.plan.Policy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges the clusters of a policy whenever something changes, and as often as the policy says. */
@ControllerConfiguration(name = "clusterpolicy", triggerReconcilerOnAllEvents = true)
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1000, maxInterval = 30000)
final class ClusterPolicyReconciler implements Reconciler<ClusterPolicy> {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterPolicyReconciler.class);

  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final Inspection.Sources sources;
  private final Events events;
  private final InstantSource clock;
  private final Wakes wakes;
  private final Memories memories;
  private Instant pruned = Instant.EPOCH;

  ClusterPolicyReconciler(
      Inspection.Sources sources,
      Memories memories,
      Events events,
      InstantSource clock,
      Wakes wakes) {
    this.sources = sources;
    this.memories = memories;
    this.events = events;
    this.clock = clock;
    this.wakes = wakes;
  }

  @Override
  public List<EventSource<?, ClusterPolicy>> prepareEventSources(
      EventSourceContext<ClusterPolicy> context) {
    return List.of(wakes.source(context.getPrimaryCache()));
  }

  @Override
  public UpdateControl<ClusterPolicy> reconcile(
      ClusterPolicy cached, Context<ClusterPolicy> context) {
    try {
      return pass(cached, context);
    } catch (KubernetesClientException e) {
      LOG.warn("ClusterPolicy {}: {}", cached.getMetadata().getName(), Trouble.text(e));
      return UpdateControl.<ClusterPolicy>noUpdate().rescheduleAfter(Inspection.LONGEST_POLL);
    }
  }

  /** A threshold does not wait until the pass that saw it coming is over. */
  private static Duration rest(Duration in, Duration gone) {
    Duration rest = in.minus(gone);
    return rest.compareTo(AT_ONCE) < 0 ? AT_ONCE : rest;
  }

  /** Once an hour, by whichever policy comes first. */
  private synchronized void prune(Instant at) {
    if (!at.isBefore(pruned.plus(Duration.ofHours(1)))) {
      pruned = at;
      sources.ledger().prune(at);
      memories.prune();
    }
  }

  private UpdateControl<ClusterPolicy> pass(ClusterPolicy cached, Context<ClusterPolicy> context) {
    ClusterPolicy policy = context.getClient().resource(cached).get();
    if (policy == null || policy.getMetadata().getDeletionTimestamp() != null) {
      memories.prune();
      return UpdateControl.noUpdate();
    }
    Instant began = clock.instant();
    prune(began);
    Policy plain = Policies.policy(policy);
    Memory memory = memories.of(plain, clock.instant());
    PolicyPass.Result result = new PolicyPass(sources, events, clock, memory, policy).run();
    memories.keep(plain, result.memory(), clock.instant());
    result
        .infraUnready()
        .ifPresent(clusters -> InfraUnready.annotate(context.getClient(), policy, clusters));
    Duration again = rest(result.again().in(), Duration.between(began, clock.instant()));
    LOG.debug("{} looks again in {} for {}", plain, again, result.again().reason());
    if (result.status().equals(policy.status())) {
      return UpdateControl.<ClusterPolicy>noUpdate().rescheduleAfter(again);
    }
    ClusterPolicy next = new ClusterPolicy();
    next.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(policy.getMetadata().getNamespace())
            .withName(policy.getMetadata().getName())
            .build());
    next.setStatus(result.status());
    return UpdateControl.patchStatus(next).rescheduleAfter(again);
  }
}
