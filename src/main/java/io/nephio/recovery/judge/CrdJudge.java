package io.nephio.recovery.judge;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.Crd;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The last section of the recovery flow: CRDs that the policy calls critical. One that is gone
 * leaves no time behind, so it counts at once unless it is remembered; one that nobody looked for
 * is not gone.
 */
final class CrdJudge implements Judge {

  @Override
  public List<Finding> judge(Scene scene) {
    Cluster cluster = scene.cluster();
    if (!(cluster.reach() instanceof Reach.Reached)
        || !(cluster.contents().crds() instanceof Known.Seen<Crd> seen)) {
      return List.of();
    }
    List<String> names =
        cluster.isManagement()
            ? scene.policy().criticalCRDs().management()
            : scene.policy().criticalCRDs().workload();
    List<Finding> findings = new ArrayList<>();
    for (String name : names) {
      Optional<Crd> crd =
          seen.items().stream().filter(c -> c.ref().name().equals(name)).findFirst();
      if (crd.isEmpty()) {
        findings.add(missing(scene, name));
      } else {
        notEstablished(scene, crd.get()).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private static Finding missing(Scene scene, String name) {
    Optional<Instant> last = scene.memory().crd(scene.cluster().ref(), name).map(scene::notLater);
    Instant since = last.orElse(scene.at());
    Duration wait = last.isPresent() ? scene.policy().crdThreshold().duration() : Duration.ZERO;
    ObjectRef object =
        new ObjectRef("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, name, "");
    return new Finding(
        scene.cluster().ref(),
        object,
        Reason.CrdMissing,
        since,
        since.plus(wait),
        List.of(new Evidence(object.toString(), "present=False", "NotFound", last)),
        "critical CRD " + name + " is missing");
  }

  private static Optional<Finding> notEstablished(Scene scene, Crd crd) {
    List<Condition> bad =
        Stream.of("Established", "NamesAccepted")
            .flatMap(t -> crd.condition(t).stream())
            .filter(c -> c.status() != Status.True)
            .toList();
    if (bad.isEmpty() && crd.deletionRequested().isEmpty()) {
      return Optional.empty();
    }
    Instant since =
        scene.notLater(
            crd.deletionRequested()
                .or(() -> bad.stream().flatMap(c -> c.since().stream()).min(Instant::compareTo))
                .orElse(scene.at()));
    String text =
        crd.deletionRequested().isPresent()
            ? "is being deleted"
            : "is not established: "
                + bad.stream()
                    .map(Condition::message)
                    .filter(m -> !m.isEmpty())
                    .reduce((a, b) -> b)
                    .orElse(bad.get(0).reason());
    return Optional.of(
        new Finding(
            scene.cluster().ref(),
            crd.ref(),
            Reason.CrdNotEstablished,
            since,
            since.plus(scene.policy().crdThreshold().duration()),
            bad.stream()
                .map(c -> new Evidence(crd.ref().toString(), c.shortly(), c.reason(), c.since()))
                .toList(),
            "critical CRD " + crd.ref().name() + " " + text));
  }
}
