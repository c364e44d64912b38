package io.nephio.recovery.judge;

import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What ails a pod that should run.
 *
 * <p>The age of a crash loop is not the age of the pod, and restarts are counted for its whole
 * life. What tells is the back-off: the kubelet doubles it with each crash in a row, so one of
 * 2m40s has behind it five crashes and the sum of the waits between them. A container that ran for
 * ten minutes is forgiven, by the kubelet and here: its crash is the first of a loop at most.
 */
record Sickness(Reason reason, Instant since, String text) {
  private static final Set<String> CONFIGURATION =
      Set.of(
          "ImagePullBackOff",
          "ErrImagePull",
          "ErrImageNeverPull",
          "InvalidImageName",
          "ImageInspectError",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError");

  private static final Pattern BACK_OFF =
      Pattern.compile("back-off (?:([0-9]+)m)?(?:([0-9]+)s)? restarting");
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration FORGIVEN = Duration.ofMinutes(10);
  private static final int LOOP = 5;

  static Optional<Sickness> of(Pod pod, Instant at) {
    return pod.containers().stream()
        .flatMap(c -> of(pod, c, at).stream())
        .min(Comparator.comparing(Sickness::since).thenComparing(Sickness::text));
  }

  private static Optional<Sickness> of(Pod pod, Pod.Container container, Instant at) {
    String waits = container.waiting().map(Pod.Waiting::reason).orElse("");
    if (CONFIGURATION.contains(waits)) {
      Instant since =
          unready(pod)
              .or(() -> Optional.of(pod.created()).filter(c -> c.isAfter(Instant.EPOCH)))
              .orElse(at);
      return Optional.of(
          new Sickness(
              Reason.PodConfigError, since, "container " + container.name() + ": " + waits));
    }
    if (!waits.equals("CrashLoopBackOff") && !betweenCrashes(pod, container, at)) {
      return Optional.empty();
    }
    Optional<Pod.Ended> last = container.ended().or(container::before);
    String exit =
        last.map(e -> ", exit " + e.exitCode() + (e.reason().isEmpty() ? "" : " " + e.reason()))
            .orElse("");
    return Optional.of(
        new Sickness(
            Reason.PodCrashLoop,
            looping(pod, container, last).orElse(at),
            "container "
                + container.name()
                + " crashes again and again ("
                + container.restarts()
                + " restarts"
                + exit
                + ")"));
  }

  /** Seen in the moment it runs, or has just ended, between two crashes. */
  private static boolean betweenCrashes(Pod pod, Pod.Container container, Instant at) {
    return container.restarts() >= LOOP
        && !container.ready()
        && !pod.isReady()
        && Stream.concat(container.ended().stream(), container.before().stream())
            .anyMatch(
                e ->
                    e.exitCode() != 0
                        && !ranWell(e)
                        && e.finishedAt().filter(f -> f.plus(FORGIVEN).isAfter(at)).isPresent());
  }

  private static boolean ranWell(Pod.Ended life) {
    return life.startedAt().isPresent()
        && life.finishedAt()
            .filter(end -> !end.isBefore(life.startedAt().get().plus(FORGIVEN)))
            .isPresent();
  }

  private static Optional<Instant> looping(
      Pod pod, Pod.Container container, Optional<Pod.Ended> last) {
    Stream<Instant> began =
        last.stream()
            .flatMap(e -> (ranWell(e) ? e.finishedAt() : e.startedAt().or(e::finishedAt)).stream());
    Duration waited = container.waiting().map(w -> waited(w.message())).orElse(Duration.ZERO);
    return Stream.concat(began.map(b -> b.minus(waited)), unready(pod).stream())
        .min(Comparator.naturalOrder());
  }

  /** The sum of all back-offs before the one it waits in: 10s, 20s, 40s and so on. */
  private static Duration waited(String message) {
    Matcher found = BACK_OFF.matcher(message);
    if (!found.find()) {
      return Duration.ZERO;
    }
    Duration now = Duration.ofMinutes(number(found.group(1))).plusSeconds(number(found.group(2)));
    Duration sum = Duration.ZERO;
    for (Duration step = FIRST; step.compareTo(now) < 0; step = step.multipliedBy(2)) {
      sum = sum.plus(step);
    }
    return sum;
  }

  private static long number(String digits) {
    return digits == null || digits.length() > 4 ? 0 : Long.parseLong(digits);
  }

  private static Optional<Instant> unready(Pod pod) {
    return pod.condition("Ready").filter(c -> c.status() != Status.True).flatMap(Condition::since);
  }
}
