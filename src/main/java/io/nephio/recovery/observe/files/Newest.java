package io.nephio.recovery.observe.files;

import io.nephio.recovery.observe.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When the input was taken, as far as it tells: the time of its newest observation.
 *
 * @param time empty when there is no observation that is not in the future
 * @param ahead a line that says so, when a clock ran ahead of this machine's
 */
record Newest(Optional<Instant> time, Optional<String> ahead) {
  /** Times at which something was seen; what is planned or expires is not among them. */
  static final Set<String> OBSERVED =
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
    return documents.parallelStream()
        .map(document -> of(document, now))
        .reduce(new Newest(Optional.empty(), Optional.empty()), Newest::and);
  }

  private static Newest of(Document document, Instant now) {
    Latest latest = new Latest(now);
    document.tree().leaves(latest::see);
    return new Newest(
        Optional.ofNullable(latest.past),
        Optional.ofNullable(latest.future)
            .map(
                t ->
                    document.where()
                        + ", "
                        + document.object()
                        + ": "
                        + t
                        + " is in the future; such times count as now"));
  }

  /** The later time; of what is ahead, what stands first. */
  private Newest and(Newest other) {
    boolean newer =
        other.time.isPresent() && (time.isEmpty() || other.time.get().isAfter(time.get()));
    return new Newest(newer ? other.time : time, ahead.or(other::ahead));
  }

  /** The latest times in one object, of those that are past and of those that cannot be. */
  private static final class Latest {
    private final Instant now;
    private @Nullable Instant past;
    private @Nullable Instant future;

    Latest(Instant now) {
      this.now = now;
    }

    void see(String key, Object value) {
      if (OBSERVED.contains(key)) {
        Tree.time(value.toString())
            .ifPresent(
                time -> {
                  if (time.isAfter(now.plus(SLACK))) {
                    future = time;
                  } else if (!time.isAfter(now) && (past == null || time.isAfter(past))) {
                    past = time;
                  }
                });
      }
    }
  }
}
