package io.nephio.recovery.execute;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.clusters.ClusterApiVersion;
import io.nephio.recovery.facts.Machine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The very Machine that a record names, read now; another one of its name is as good as none. */
record ApprovedMachine(GenericKubernetesResource object) {

  static Optional<ApprovedMachine> read(
      KubernetesClient management, ClusterApiVersion version, RemediationSpec spec) {
    RemediationSpec.MachineRef named =
        Objects.requireNonNull(spec.machine(), "spec.machine is required by the schema");
    GenericKubernetesResource found =
        management
            .genericKubernetesResources(version.machines())
            .inNamespace(named.namespace())
            .withName(named.name())
            .get();
    return Optional.ofNullable(found)
        .filter(m -> m.getMetadata().getUid().equals(named.uid()))
        .map(ApprovedMachine::new);
  }

  String namespace() {
    return object.getMetadata().getNamespace();
  }

  String name() {
    return object.getMetadata().getName();
  }

  boolean isGoing() {
    return object.getMetadata().getDeletionTimestamp() != null;
  }

  Optional<String> label(String key) {
    return value(object.getMetadata().getLabels(), key);
  }

  Optional<String> annotation(String key) {
    return value(object.getMetadata().getAnnotations(), key);
  }

  private static Optional<String> value(Map<String, String> map, String key) {
    return map == null ? Optional.empty() : Optional.ofNullable(map.get(key));
  }

  /**
   * A person's word in the very last moment; what follows is bound to the version that was read.
   */
  Optional<String> skipped() {
    return Stream.of(Machine.PAUSED, Machine.SKIP_REMEDIATION)
        .filter(a -> annotation(a).isPresent())
        .findFirst()
        .map(a -> "the Machine is annotated " + a);
  }

  /** Of the newer contract, which tells more, where a server of both has it beside the older. */
  Optional<Map<String, Object>> condition(String type) {
    List<Map<String, Object>> own = object.get("status", "conditions");
    List<Map<String, Object>> newer = object.get("status", "v1beta2", "conditions");
    return Stream.of(newer, own)
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .filter(c -> type.equals(c.get("type")))
        .findFirst();
  }
}
