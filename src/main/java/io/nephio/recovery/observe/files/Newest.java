package io.nephio.recovery.observe.files;

import io.nephio.recovery.observe.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When the input was taken, as far as it tells: the time of its newest observation.
 *
 * @param time empty when there is no observation that is not in the future
 * @param ahead a line that says so, when a clock ran ahead of this machine's
 */
record Newest(Optional<Instant> time, Optional<String> ahead) {
  /** Times at which something was seen; what is planned or expires is not among them. */
  private static final Set<String> OBSERVED =
      Set.of(
          "creationTimestamp",
          "lastTransitionTime",
          "lastHeartbeatTime",
          "lastUpdateTime",
          "lastUpdated",
          "startedAt",
          "finishedAt",
          "renewTime",
          "eventTime",
          "firstTimestamp",
          "lastTimestamp",
          "lastObservedTime");

  private static final Duration SLACK = Duration.ofMinutes(1);

  static Newest of(List<Document> documents, Instant now) {
    Instant newest = Instant.MIN;
    Optional<String> ahead = Optional.empty();
    for (Document document : documents) {
      List<Instant> times =
          document.tree().leaves().flatMap(leaf -> observed(leaf).stream()).toList();
      for (Instant time : times) {
        if (!time.isAfter(now)) {
          newest = time.isAfter(newest) ? time : newest;
        } else if (ahead.isEmpty() && time.isAfter(now.plus(SLACK))) {
          ahead =
              Optional.of(
                  document.where()
                      + ", "
                      + document.object()
                      + ": "
                      + time
                      + " is in the future; such times count as now");
        }
      }
    }
    return new Newest(newest.equals(Instant.MIN) ? Optional.empty() : Optional.of(newest), ahead);
  }

  private static Optional<Instant> observed(Map.Entry<String, Object> leaf) {
    return OBSERVED.contains(leaf.getKey())
        ? new Tree(Map.of(leaf.getKey(), leaf.getValue())).instant(leaf.getKey())
        : Optional.empty();
  }
}
