package io.nephio.recovery.execute;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nephio.recovery.clusters.ClusterApiVersion;
import io.nephio.recovery.clusters.Trouble;
import io.nephio.recovery.lifecycle.Progress;
import io.nephio.recovery.plan.LedgerEntry;
import java.util.Map;
import java.util.Optional;

/**
 * A control plane's Machine is never deleted by us: a plain DELETE has no guard, and its
 * replacement waits until every other member is well. Its own controller is asked to remediate it,
 * which keeps etcd's quorum.
 *
 * <p>What is asked is latent: it is done as soon as what stands against it is gone, even days
 * later. So it is taken back, in the only order that takes it back: the annotation first; then,
 * when the health check says that the Machine is well again, the label; then the health check.
 * Label and annotation come in one patch, because the label alone is no more inert than the
 * annotation is where another health check selects the Machine.
 */
final class ReplaceMember implements Action {
  private static final String REMEDIATE = "cluster.x-k8s.io/remediate-machine";
  private static final String WAITS = "the approval is being withdrawn: ";

  private final KubernetesClient management;

  ReplaceMember(KubernetesClient management) {
    this.management = management;
  }

  @Override
  public Progress progress(LedgerEntry entry) {
    try {
      Optional<ClusterApiVersion> version = ClusterApiVersion.discover(management);
      return version.isEmpty()
          ? new Progress.Unreadable("Cluster API is not served")
          : ApprovedMachine.read(management, version.get(), entry.spec())
              .filter(m -> !m.isGoing())
              .map(m -> progress(m, entry))
              .orElseGet(Progress.Happened::new);
    } catch (KubernetesClientException e) {
      return new Progress.Unreadable(Trouble.text(e));
    }
  }

  private static Progress progress(ApprovedMachine machine, LedgerEntry entry) {
    return isLabelled(machine, entry)
        ? new Progress.Asked(answer(machine))
        : new Progress.NotStarted();
  }

  private static boolean isLabelled(ApprovedMachine machine, LedgerEntry entry) {
    return machine.label(ApprovalCheck.LABEL).filter(entry.name()::equals).isPresent();
  }

  /** What the control plane's controller says to it. */
  static String answer(ApprovedMachine machine) {
    return machine
        .condition("OwnerRemediated")
        .map(
            c ->
                c.getOrDefault("reason", "OwnerRemediated=" + c.get("status"))
                    + ": "
                    + c.getOrDefault("message", ""))
        .orElse("its controller has not answered yet");
  }

  @Override
  public Outcome act(LedgerEntry entry, Fence fence) {
    try {
      ClusterApiVersion version = ClusterApiVersion.discover(management).orElse(null);
      if (version == null) {
        return new Outcome.Safe("Cluster API is not served");
      }
      Optional<ApprovedMachine> machine =
          ApprovedMachine.read(management, version, entry.spec()).filter(m -> !m.isGoing());
      if (machine.isEmpty()) {
        return new Outcome.Safe("the Machine is gone");
      }
      return machine
          .get()
          .skipped()
          .<Outcome>map(Outcome.Safe::new)
          .orElseGet(() -> ask(version, machine.get(), entry, fence));
    } catch (KubernetesClientException e) {
      return new Outcome.Safe(Trouble.text(e));
    }
  }

  private Outcome ask(
      ClusterApiVersion version, ApprovedMachine machine, LedgerEntry entry, Fence fence) {
    if (isLabelled(machine, entry) && machine.annotation(REMEDIATE).isPresent()) {
      return new Outcome.Safe(answer(machine));
    }
    if (machine.label(ApprovalCheck.LABEL).isPresent()
        || machine.annotation(REMEDIATE).isPresent()) {
      return new Outcome.Safe("somebody else is asking for its remediation");
    }
    Optional<String> broken = fence.broken();
    if (broken.isEmpty()) {
      new ApprovalCheck(management, version, entry).create();
      broken = fence.broken();
    }
    if (broken.isPresent()) {
      return new Outcome.Safe(broken.get());
    }
    try {
      mark(version, machine, "\"" + entry.name() + "\"", "\"\"");
      return new Outcome.Asked();
    } catch (KubernetesClientException e) {
      return Refusal.of(e, "the Machine", "the approval");
    }
  }

  /** Only onto the very version that was read. */
  private void mark(
      ClusterApiVersion version, ApprovedMachine machine, String label, String annotation) {
    String change =
        """
        {"metadata": {"uid": "%s", "resourceVersion": "%s",
         "labels": {"%s": %s}, "annotations": {"%s": %s}}}
        """
            .formatted(
                machine.object().getMetadata().getUid(),
                machine.object().getMetadata().getResourceVersion(),
                ApprovalCheck.LABEL,
                label,
                REMEDIATE,
                annotation);
    management
        .genericKubernetesResources(version.machines())
        .inNamespace(machine.namespace())
        .withName(machine.name())
        .patch(PatchContext.of(PatchType.JSON_MERGE), change);
  }

  @Override
  public Optional<String> undo(LedgerEntry entry) {
    return tidy(entry);
  }

  @Override
  public Optional<String> settle(LedgerEntry entry, boolean healed) {
    return tidy(entry);
  }

  private Optional<String> tidy(LedgerEntry entry) {
    try {
      ClusterApiVersion version = ClusterApiVersion.discover(management).orElse(null);
      if (version == null) {
        return Optional.of(WAITS + "Cluster API is not served");
      }
      Optional<String> kept =
          ApprovedMachine.read(management, version, entry.spec())
              .filter(m -> !m.isGoing() && isLabelled(m, entry))
              .flatMap(m -> withdraw(version, m, entry));
      if (kept.isEmpty()) {
        new ApprovalCheck(management, version, entry).delete();
      }
      return kept;
    } catch (KubernetesClientException e) {
      return Optional.of(WAITS + Trouble.text(e));
    }
  }

  private Optional<String> withdraw(
      ClusterApiVersion version, ApprovedMachine machine, LedgerEntry entry) {
    if (machine.annotation(REMEDIATE).isPresent()) {
      mark(version, machine, "\"" + entry.name() + "\"", "null");
      return Optional.of(WAITS + "its health check has not seen it yet");
    }
    if (!isWell(machine)) {
      return Optional.of(WAITS + "its health check does not say yet that the Machine is well");
    }
    mark(version, machine, "null", "null");
    return Optional.empty();
  }

  /** Until both are so, the control plane's controller still goes by the approval. */
  static boolean isWell(ApprovedMachine machine) {
    boolean checked =
        machine
            .condition("HealthCheckSucceeded")
            .filter(c -> "True".equals(c.get("status")))
            .isPresent();
    Optional<Map<String, Object>> asked = machine.condition("OwnerRemediated");
    return checked && asked.filter(c -> "False".equals(c.get("status"))).isEmpty();
  }
}
