package io.nephio.recovery.operator;

import io.nephio.recovery.servers.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Somebody at the line to Gitea who notes what was asked, when, and when the answer began. */
final class Watch implements Line.Cutter {
  private final IdentityHashMap<Line.Request, Instant> asked = new IdentityHashMap<>();
  private final List<Call> calls = new ArrayList<>();

  private record Call(Line.Request request, Instant from, Instant to) {}

  @Override
  public synchronized boolean reaches(Line.Request request) {
    asked.put(request, Instant.now());
    return true;
  }

  @Override
  public synchronized boolean returns(Line.Request request) {
    Instant from = asked.remove(request);
    calls.add(new Call(request, from == null ? Instant.now() : from, Instant.now()));
    return true;
  }

  /** When anything was asked first after this instant. */
  synchronized Instant asked(Instant after) {
    return calls.stream()
        .map(Call::from)
        .filter(from -> from.isAfter(after))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** When the first pull request after this instant was open. */
  synchronized Instant opened(Instant after) {
    return calls.stream()
        .filter(c -> c.request().method().equals("POST"))
        .filter(c -> c.request().path().endsWith("/pulls") && c.to().isAfter(after))
        .map(Call::to)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** For how long of this time Gitea was at work on at least one answer. */
  synchronized Duration busy(Instant from, Instant to) {
    Duration busy = Duration.ZERO;
    Instant end = from;
    for (Call call : between(from, to)) {
      Instant begin = call.from().isAfter(end) ? call.from() : end;
      if (call.to().isAfter(begin)) {
        busy = busy.plus(Duration.between(begin, call.to()));
        end = call.to();
      }
    }
    return busy;
  }

  /** How often what was asked, and how long Gitea worked on it, the longest first. */
  synchronized String counted() {
    return calls.stream()
        .collect(Collectors.groupingBy(c -> kind(c.request()), TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .sorted(Comparator.comparing(e -> -millis(e.getValue())))
        .map(
            e ->
                "%5d times, %7d ms  %s"
                    .formatted(e.getValue().size(), millis(e.getValue()), e.getKey()))
        .collect(Collectors.joining("\n"));
  }

  private static String kind(Line.Request request) {
    String path =
        request
            .path()
            .replaceAll("^(/api/v1/repos)?/nephio/[a-z0-9]+", "$1/nephio/NAME")
            .replaceAll("[0-9a-f]{40}", "ID")
            .replaceAll("/[0-9]+", "/N");
    return request.method() + " " + path + (path.endsWith("/refs") ? "?" + request.query() : "");
  }

  private static long millis(List<Call> calls) {
    return calls.stream().mapToLong(c -> Duration.between(c.from(), c.to()).toMillis()).sum();
  }

  private List<Call> between(Instant from, Instant to) {
    return calls.stream()
        .filter(c -> !c.from().isBefore(from) && !c.to().isAfter(to))
        .sorted(Comparator.comparing(Call::from))
        .toList();
  }
}
