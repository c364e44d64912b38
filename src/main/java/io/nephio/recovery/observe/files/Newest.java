package io.nephio.recovery.observe.files;

import io.nephio.recovery.observe.Tree;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** When the input was taken, as far as it tells: the time of its newest observation. */
final class Newest {
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

  private Newest() {}

  static Optional<Instant> of(List<Document> documents, Instant now) {
    return documents.stream()
        .flatMap(d -> d.tree().leaves())
        .filter(leaf -> OBSERVED.contains(leaf.getKey()))
        .flatMap(Newest::instant)
        .filter(time -> !time.isAfter(now))
        .max(Comparator.naturalOrder());
  }

  private static Stream<Instant> instant(Map.Entry<String, Object> leaf) {
    return new Tree(Map.of(leaf.getKey(), leaf.getValue())).instant(leaf.getKey()).stream();
  }
}
