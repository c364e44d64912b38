package io.nephio.recovery.judge;

import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.Job;
import io.nephio.recovery.facts.Owner;
import io.nephio.recovery.facts.Pod;
import io.nephio.recovery.facts.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Section D of the recovery flow: pods that failed, crash again and again, or cannot start because
 * of how they are configured.
 *
 * <p>Failed pods of one owner pile up, and are one finding: the newest, with the number of all. Job
 * controllers retry by themselves, so a failed pod of a Job counts once the Job has given up. What
 * a kubelet ended because its host was shut down in good order stays behind when another has taken
 * its place: that is no failure of the pod.
 */
final class PodJudge implements Judge {
  private static final Set<String> SHUT_DOWN = Set.of("Terminated", "NodeShutdown", "Shutdown");

  @Override
  public List<Finding> judge(Scene scene) {
    if (!(scene.cluster().reach() instanceof Reach.Reached)) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    Map<Object, List<Pod>> piles = new LinkedHashMap<>();
    for (Pod pod : scene.cluster().contents().pods().items()) {
      if (pod.deleting() || isShutDown(pod) || scene.goesWithItsMachine(pod)) {
        continue;
      }
      if (pod.phase().equals("Failed")) {
        Object pile =
            pod.mirror() ? pod.ref() : scene.top(pod).map(Object.class::cast).orElse(pod.ref());
        piles.computeIfAbsent(pile, k -> new ArrayList<>()).add(pod);
      } else if (!pod.finished()) {
        Sickness.of(pod, scene.at()).ifPresent(s -> findings.add(sick(scene, pod, s)));
      }
    }
    piles.values().forEach(pile -> failed(scene, pile).ifPresent(findings::add));
    return findings;
  }

  private static boolean isShutDown(Pod pod) {
    return pod.phase().equals("Failed")
        && SHUT_DOWN.contains(pod.reason())
        && pod.controller().isPresent();
  }

  private static Finding sick(Scene scene, Pod pod, Sickness sickness) {
    Instant since = scene.notLater(sickness.since());
    Duration threshold = scene.policy().podCrashThreshold().duration();
    return finding(
        scene,
        pod,
        sickness.reason(),
        since,
        threshold,
        sickness.text() + "; threshold " + scene.policy().podCrashThreshold().text());
  }

  private static Optional<Finding> failed(Scene scene, List<Pod> pile) {
    Pod newest =
        pile.stream()
            .max(Comparator.comparing((Pod p) -> endedAt(p)).thenComparing(p -> p.ref().toString()))
            .orElseThrow();
    Optional<Owner> controller = newest.controller();
    if (controller.filter(c -> c.kind().equals("Job")).isPresent()
        && controller.flatMap(scene::job).filter(Job::failed).isEmpty()) {
      return Optional.empty();
    }
    String why = newest.reason().isEmpty() ? exit(newest) : newest.reason();
    String text =
        "pod failed"
            + (why.isEmpty() ? "" : " (" + why + ")")
            + (pile.size() > 1 ? "; " + pile.size() + " failed pods of this owner" : "")
            + "; threshold "
            + scene.policy().podCrashThreshold().text();
    return Optional.of(
        finding(
            scene,
            newest,
            Reason.PodFailed,
            scene.notLater(endedAt(newest)),
            scene.policy().podCrashThreshold().duration(),
            text));
  }

  private static String exit(Pod pod) {
    return pod.containers().stream()
        .flatMap(c -> c.ended().stream())
        .filter(e -> e.exitCode() != 0)
        .map(e -> "exit " + e.exitCode() + (e.reason().isEmpty() ? "" : ", " + e.reason()))
        .findFirst()
        .orElse("");
  }

  /** When its last container ended; an evicted pod has none left to tell. */
  private static Instant endedAt(Pod pod) {
    return pod.containers().stream()
        .flatMap(c -> c.ended().stream())
        .flatMap(e -> e.finishedAt().stream())
        .max(Comparator.naturalOrder())
        .or(
            () ->
                Stream.of("DisruptionTarget", "ContainersReady", "Ready")
                    .flatMap(t -> pod.condition(t).stream())
                    .flatMap(c -> c.since().stream())
                    .findFirst())
        .orElse(pod.created());
  }

  private static Finding finding(
      Scene scene, Pod pod, Reason reason, Instant since, Duration threshold, String message) {
    List<Evidence> evidence =
        Stream.concat(
                pod.condition("Ready").filter(c -> c.status() != Status.True).stream()
                    .map(c -> evidence(pod, c)),
                pod.containers().stream().flatMap(c -> evidence(pod, c)))
            .toList();
    return new Finding(
            scene.cluster().ref(),
            pod.ref(),
            reason,
            since,
            since.plus(threshold),
            evidence,
            message)
        .of(pod.mirror() ? Optional.empty() : scene.top(pod), pod.revision(), List.of(pod.node()));
  }

  private static Evidence evidence(Pod pod, Condition condition) {
    return new Evidence(
        pod.ref().toString(), condition.shortly(), condition.reason(), condition.since());
  }

  private static Stream<Evidence> evidence(Pod pod, Pod.Container container) {
    String object = pod.ref() + " container " + container.name();
    Stream<Evidence> waiting =
        container.waiting().stream()
            .filter(w -> !w.reason().isEmpty() && !w.reason().equals("PodInitializing"))
            .map(w -> new Evidence(object, "waiting", w.reason(), Optional.empty()));
    Stream<Evidence> ended =
        Stream.concat(container.ended().stream(), container.before().stream())
            .filter(e -> e.exitCode() != 0)
            .limit(1)
            .map(
                e ->
                    new Evidence(
                        object,
                        "exit " + e.exitCode() + ", " + container.restarts() + " restarts",
                        e.reason(),
                        e.finishedAt()));
    return Stream.concat(waiting, ended);
  }
}
