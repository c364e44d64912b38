package io.nephio.recovery.judge;

import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.ControlPlane;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Reach;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Section A2 of the recovery flow: the control plane, KubeadmControlPlane or equivalent.
 *
 * <p>A member that is being replaced makes the whole look sick for a while: while one is deleted or
 * provisioned within its own time limits, nothing is found here; past them that Machine itself is.
 */
final class ControlPlaneJudge implements Judge {
  /** Reasons with which the v1beta1 contract says that work is going on. */
  private static final List<String> WORKING =
      List.of("ScalingUp", "ScalingDown", "RollingUpdateInProgress", "Deleting");

  private static final String ETCD = "EtcdClusterHealthy";
  private static final String COMPONENTS = "ControlPlaneComponentsHealthy";

  @Override
  public List<Finding> judge(Scene scene) {
    return scene
        .cluster()
        .management()
        .theControlPlane()
        .filter(c -> !c.deleting() && !c.paused())
        .flatMap(c -> unhealthy(scene, c))
        .stream()
        .toList();
  }

  private static Optional<Finding> unhealthy(Scene scene, ControlPlane plane) {
    boolean initialized =
        plane
            .initialized()
            .or(() -> scene.cluster().management().controlPlaneInitialized())
            .orElse(true);
    List<String> says = new ArrayList<>();
    if (!initialized) {
      says.add("it was never initialized");
    }
    if (plane.lacking()) {
      says.add(plane.ready().orElse(0) + " of " + plane.replicas().orElse(0) + " replicas ready");
    }
    List<Condition> bad = initialized ? bad(scene, plane) : List.of();
    bad.forEach(c -> says.add(c.shortly() + (c.reason().isEmpty() ? "" : " " + c.reason())));
    if (says.isEmpty() || (initialized && beingReplaced(scene))) {
      return Optional.empty();
    }
    Instant since = scene.notLater(since(scene, plane, initialized, bad));
    String object = plane.ref().toString();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(new Evidence(object, says.get(0), "", Optional.of(since)));
    bad.forEach(c -> evidence.add(new Evidence(object, c.shortly(), c.reason(), c.since())));
    return Optional.of(
        new Finding(
            scene.cluster().ref(),
            plane.ref(),
            Reason.ControlPlaneUnhealthy,
            since,
            since.plus(scene.policy().controlPlaneTimeout().duration()),
            evidence,
            "the control plane is not healthy: " + String.join(", ", says)));
  }

  /** Available in the newest contract; what providers of the older one call Ready as well. */
  private static List<Condition> bad(Scene scene, ControlPlane plane) {
    boolean deaf =
        scene.cluster().reach() instanceof Reach.Unreachable
            || Condition.find(scene.cluster().management().conditions(), "RemoteConnectionProbe")
                .filter(c -> c.status() == Condition.Status.False)
                .isPresent();
    return Stream.of("Available", "Ready", ETCD, COMPONENTS)
        .flatMap(type -> plane.condition(type).stream())
        .filter(c -> c.status() != Condition.Status.True)
        .filter(c -> !(deaf || part(c)) || c.status() == Condition.Status.False)
        .filter(c -> !c.type().equals("Ready") || !WORKING.contains(c.reason()))
        .filter(c -> !plane.rollingOut() || c.type().equals("Available"))
        .toList();
  }

  /** One member that is not healthy, while the whole may still be available. */
  private static boolean part(Condition condition) {
    return condition.type().equals(ETCD) || condition.type().equals(COMPONENTS);
  }

  private static boolean beingReplaced(Scene scene) {
    Instant at = scene.at();
    return scene.cluster().machines().stream()
        .filter(Machine::controlPlane)
        .anyMatch(
            m ->
                m.deleting()
                    ? m.deletionRequested()
                        .map(
                            d ->
                                at.isBefore(
                                    d.plus(scene.policy().machineDeletionTimeout().duration())))
                        .orElse(true)
                    : m.node().isEmpty()
                        && m.failure().isEmpty()
                        && at.isBefore(
                            m.created().plus(scene.policy().machineStartupTimeout().duration())));
  }

  private static Instant since(
      Scene scene, ControlPlane plane, boolean initialized, List<Condition> bad) {
    if (!initialized) {
      return Stream.concat(
              Stream.of(plane.created()),
              scene
                  .cluster()
                  .infrastructureReady()
                  .filter(c -> c.status() == Condition.Status.True)
                  .flatMap(Condition::since)
                  .stream())
          .max(Comparator.naturalOrder())
          .orElse(plane.created());
    }
    Stream<Condition> members =
        scene.cluster().machines().stream()
            .filter(Machine::controlPlane)
            .flatMap(m -> Stream.of("NodeHealthy", "Ready").flatMap(t -> m.condition(t).stream()));
    Stream<Condition> whole =
        Stream.of("MachinesReady", ETCD, COMPONENTS).flatMap(t -> plane.condition(t).stream());
    List<Condition> lacking = plane.lacking() ? Stream.concat(whole, members).toList() : List.of();
    return Stream.concat(bad.stream(), lacking.stream())
        .filter(c -> c.status() != Condition.Status.True)
        .flatMap(c -> c.since().stream())
        .min(Comparator.naturalOrder())
        .or(
            () ->
                plane
                    .condition("ScalingUp")
                    .filter(c -> c.status() == Condition.Status.True)
                    .flatMap(Condition::since))
        .orElse(scene.at());
  }
}
