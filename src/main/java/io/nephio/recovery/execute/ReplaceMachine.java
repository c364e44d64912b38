package io.nephio.recovery.execute;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nephio.recovery.api.Action;
import io.nephio.recovery.clusters.ClusterApiVersion;
import io.nephio.recovery.clusters.Trouble;
import io.nephio.recovery.lifecycle.Progress;
import io.nephio.recovery.plan.LedgerEntry;
import java.util.Optional;

/**
 * Sections B and C of the recovery flow for workers: the Machine is deleted, and the controller
 * that owns it makes a new one. For ReplaceNode its Node is cordoned first.
 *
 * <p>The DELETE carries the uid that people approved and the resourceVersion that was read a moment
 * ago: another Machine of the same name, or one that has just changed, is left alone.
 */
final class ReplaceMachine implements io.nephio.recovery.execute.Action {
  private final KubernetesClient management;
  private final Sites sites;

  ReplaceMachine(KubernetesClient management, Sites sites) {
    this.management = management;
    this.sites = sites;
  }

  @Override
  public Progress progress(LedgerEntry entry) {
    try {
      Optional<ClusterApiVersion> version = ClusterApiVersion.discover(management);
      if (version.isEmpty()) {
        return new Progress.Unreadable("Cluster API is not served");
      }
      return ApprovedMachine.read(management, version.get(), entry.spec())
          .filter(m -> !m.isGoing())
          .<Progress>map(m -> new Progress.NotStarted())
          .orElseGet(Progress.Happened::new);
    } catch (KubernetesClientException e) {
      return new Progress.Unreadable(Trouble.text(e));
    }
  }

  @Override
  public Outcome act(LedgerEntry entry, Fence fence) {
    try {
      ClusterApiVersion version = ClusterApiVersion.discover(management).orElse(null);
      if (version == null) {
        return new Outcome.Safe("Cluster API is not served");
      }
      Optional<ApprovedMachine> machine = ApprovedMachine.read(management, version, entry.spec());
      if (machine.isEmpty()) {
        return new Outcome.Safe("the Machine is gone");
      }
      Optional<String> problem =
          machine.get().skipped().or(fence::broken).or(() -> cordon(entry)).or(fence::broken);
      if (problem.isPresent()) {
        return new Outcome.Safe(problem.get());
      }
      return delete(version, machine.get());
    } catch (KubernetesClientException e) {
      return new Outcome.Safe(Trouble.text(e));
    }
  }

  private Optional<String> cordon(LedgerEntry entry) {
    if (entry.spec().action() != Action.ReplaceNode) {
      return Optional.empty();
    }
    return sites
        .of(entry)
        .map(
            client -> new Cordon(client, entry.spec().target().name()).set(entry.name()),
            Optional::of)
        .map(text -> "the Node cannot be cordoned: " + text);
  }

  private Outcome delete(ClusterApiVersion version, ApprovedMachine machine) {
    DeleteOptions options =
        new DeleteOptionsBuilder()
            .withApiVersion("v1")
            .withKind("DeleteOptions")
            .withNewPreconditions()
            .withUid(machine.object().getMetadata().getUid())
            .withResourceVersion(machine.object().getMetadata().getResourceVersion())
            .endPreconditions()
            .build();
    String path = version.machine(machine.namespace(), machine.name());
    try {
      management.raw(path, "DELETE", options);
      return new Outcome.Done();
    } catch (KubernetesClientException e) {
      return Refusal.of(e, "the Machine", "the deletion");
    }
  }

  @Override
  public Optional<String> undo(LedgerEntry entry) {
    return entry.spec().action() == Action.ReplaceNode
        ? Cordon.lift(sites.of(entry), entry)
        : Optional.empty();
  }
}
