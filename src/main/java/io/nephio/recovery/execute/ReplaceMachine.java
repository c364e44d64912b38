package io.nephio.recovery.execute;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.clusters.ClusterApiVersion;
import io.nephio.recovery.clusters.Connections;
import io.nephio.recovery.clusters.Contact;
import io.nephio.recovery.clusters.Trouble;
import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.lifecycle.Progress;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sections B and C of the recovery flow for workers: the Machine is deleted, and the controller
 * that owns it makes a new one. For ReplaceNode its Node is cordoned first.
 *
 * <p>The DELETE carries the uid that people approved and the resourceVersion that was read a moment
 * ago: another Machine of the same name, or one that has just changed, is left alone.
 */
final class ReplaceMachine implements io.nephio.recovery.execute.Action {
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final KubernetesClient management;
  private final Connections connections;
  private final InstantSource clock;

  ReplaceMachine(KubernetesClient management, Connections connections, InstantSource clock) {
    this.management = management;
    this.connections = connections;
    this.clock = clock;
  }

  @Override
  public Progress progress(RemediationSpec spec) {
    try {
      Optional<ClusterApiVersion> version = ClusterApiVersion.discover(management);
      if (version.isEmpty()) {
        return new Progress.Unreadable("Cluster API is not served");
      }
      return machine(version.get(), spec)
          .filter(m -> m.getMetadata().getDeletionTimestamp() == null)
          .<Progress>map(m -> new Progress.NotStarted())
          .orElseGet(Progress.Happened::new);
    } catch (KubernetesClientException e) {
      return new Progress.Unreadable(Trouble.text(e));
    }
  }

  /** The Machine of the approved uid; another one of its name is as good as none. */
  private Optional<GenericKubernetesResource> machine(
      ClusterApiVersion version, RemediationSpec spec) {
    RemediationSpec.MachineRef named = named(spec);
    GenericKubernetesResource found =
        management
            .genericKubernetesResources(version.machines())
            .inNamespace(named.namespace())
            .withName(named.name())
            .get();
    return Optional.ofNullable(found).filter(m -> m.getMetadata().getUid().equals(named.uid()));
  }

  @Override
  public Outcome act(String name, RemediationSpec spec, Fence fence) {
    try {
      ClusterApiVersion version = ClusterApiVersion.discover(management).orElse(null);
      if (version == null) {
        return new Outcome.Safe("Cluster API is not served");
      }
      Optional<GenericKubernetesResource> machine = machine(version, spec);
      if (machine.isEmpty()) {
        return new Outcome.Safe("the Machine is gone");
      }
      Optional<String> problem =
          skipped(machine.get()).or(fence::broken).or(() -> cordon(name, spec)).or(fence::broken);
      if (problem.isPresent()) {
        return new Outcome.Safe(problem.get());
      }
      return delete(version, machine.get());
    } catch (KubernetesClientException e) {
      return new Outcome.Safe(Trouble.text(e));
    }
  }

  private Optional<String> cordon(String name, RemediationSpec spec) {
    if (spec.action() != Action.ReplaceNode) {
      return Optional.empty();
    }
    Contact contact = contact(spec);
    if (leadsElsewhere(contact, spec)) {
      return Optional.of("the Node cannot be cordoned: the kubeconfig leads to another cluster");
    }
    return contact.client().isEmpty()
        ? Optional.of("the Node cannot be cordoned: its cluster does not answer")
        : new Cordon(contact.client().get(), spec.target().name())
            .set(name)
            .map(text -> "the Node cannot be cordoned: " + text);
  }

  /** A person's word in the very last moment; the DELETE is bound to the version that was read. */
  private static Optional<String> skipped(GenericKubernetesResource machine) {
    Map<String, String> annotations = machine.getMetadata().getAnnotations();
    return Stream.of(Machine.PAUSED, Machine.SKIP_REMEDIATION)
        .filter(a -> annotations != null && annotations.containsKey(a))
        .findFirst()
        .map(a -> "the Machine is annotated " + a);
  }

  private Outcome delete(ClusterApiVersion version, GenericKubernetesResource machine) {
    DeleteOptions options =
        new DeleteOptionsBuilder()
            .withApiVersion("v1")
            .withKind("DeleteOptions")
            .withNewPreconditions()
            .withUid(machine.getMetadata().getUid())
            .withResourceVersion(machine.getMetadata().getResourceVersion())
            .endPreconditions()
            .build();
    String path =
        version.machine(machine.getMetadata().getNamespace(), machine.getMetadata().getName());
    try {
      management.raw(path, "DELETE", options);
      return new Outcome.Done();
    } catch (KubernetesClientException e) {
      // An answer below 500 is the API server's no; anything else may have been a yes.
      boolean isNo = e.getCode() >= 400 && e.getCode() < 500;
      return isNo ? new Outcome.Safe(refusal(e)) : new Outcome.Unknown(Trouble.text(e));
    }
  }

  private static String refusal(KubernetesClientException e) {
    return switch (e.getCode()) {
      case NOT_FOUND -> "the Machine is gone";
      case CONFLICT -> "the Machine has just changed";
      default -> "the API server refused the deletion: " + Trouble.text(e);
    };
  }

  @Override
  public Optional<String> undo(String name, RemediationSpec spec) {
    if (spec.action() != Action.ReplaceNode) {
      return Optional.empty();
    }
    Contact contact = contact(spec);
    if (leadsElsewhere(contact, spec)) {
      return Optional.empty();
    }
    return contact.client().isEmpty()
        ? Optional.of("the Node cannot be uncordoned: its cluster does not answer")
        : new Cordon(contact.client().get(), spec.target().name())
            .undo(name)
            .map(text -> "the Node cannot be uncordoned: " + text);
  }

  private Contact contact(RemediationSpec spec) {
    ClusterRef ref = new ClusterRef(spec.cluster().namespace(), spec.cluster().name());
    return connections.contact(ref, clock.instant());
  }

  /** A Node of the same name in somebody else's cluster is none of ours. */
  private static boolean leadsElsewhere(Contact contact, RemediationSpec spec) {
    String decided = spec.cluster().kubeSystemUid();
    return contact.client().isPresent()
        && !decided.isEmpty()
        && !decided.equals(contact.kubeSystemUid());
  }

  private static RemediationSpec.MachineRef named(RemediationSpec spec) {
    return Objects.requireNonNull(spec.machine(), "spec.machine is required by the schema");
  }
}
