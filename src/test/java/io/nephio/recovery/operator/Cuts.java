package io.nephio.recovery.operator;

import io.nephio.recovery.servers.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the operator's process ends. It finds the points by itself: a request that has not been
 * seen before is one, by server, method, path and query without what differs from run to run and
 * from story to story, and what it says of phases and events. Each is cut twice: the first time
 * before the server has seen it, the second time after the server has acted. From a cut on nothing
 * gets through any more, as after a {@code kill -9}, until the line is mended.
 *
 * <p>One that only reads leaves the server as it was, so that both come to the same for whoever
 * starts next: it need be cut but once.
 */
final class Cuts {
  private static final List<Pattern> TOLD =
      List.of(
          Pattern.compile("\"(?:phase|reason)\" ?: ?\"([A-Z][A-Za-z]*)\""),
          Pattern.compile("\"context\" ?: ?\"([^\"]+)\""),
          Pattern.compile("\"(?:state|unschedulable)\" ?: ?\"?([a-z]+)"),
          Pattern.compile("(command=(?:ls-refs|fetch))"));

  private static final Pattern VARYING =
      Pattern.compile(
          "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{40}"
              + "|[0-9a-f]{8}(?=/|$|-a[0-9]|[.]yaml)|(?<=/)[0-9]+(?=/|$)");

  /** Where a list or a watch goes on, and for how long. */
  private static final Pattern GOES_ON =
      Pattern.compile("&?(?:resourceVersion|continue|timeoutSeconds)=[^&]*");

  /** A story may take half an hour. */
  private static final int TOLD_EACH = 20;

  private static final Pattern READS =
      Pattern.compile("/git-upload-pack$|/selfsubjectrulesreviews$");

  private static final String LOOK = "/api/v1/namespaces/kube-system";

  private final ToIntFunction<Line.Request> times;
  private final Pattern names;
  private final Map<String, Integer> seen;
  private final List<String> made = new ArrayList<>();
  private boolean cut;
  private int looks;

  /**
   * At those that are asked about.
   *
   * @param times 0 for one that is not cut, 1 for before the server has seen it, 2 for after, too
   * @param names that are another story's in another story
   * @param seen how often each point was cut already, and is
   */
  Cuts(ToIntFunction<Line.Request> times, Pattern names, Map<String, Integer> seen) {
    this.times = times;
    this.names = names;
    this.seen = seen;
  }

  /** Nowhere. */
  static Cuts none() {
    return new Cuts(r -> 0, Pattern.compile("(?!)"), Map.of());
  }

  /** What leaves the server as it was. */
  static boolean onlyReads(Line.Request request) {
    return request.method().equals("GET")
        || READS.matcher(request.path()).find()
        || request.query().contains("dryRun=All");
  }

  /** The end of the line to one server. */
  Line.Cutter of(String server) {
    return new Line.Cutter() {
      @Override
      public boolean reaches(Line.Request request) {
        return passes(server, request, 0);
      }

      @Override
      public boolean returns(Line.Request request) {
        return passes(server, request, 1);
      }
    };
  }

  private synchronized boolean passes(String server, Line.Request request, int time) {
    String point = point(server, request);
    boolean here = seen.getOrDefault(point, 0) == time && time < times.applyAsInt(request);
    if (cut) {
      // What was on its way when the line was cut elsewhere has lost its answer, too.
      if (here && time == 1) {
        make(point, time);
      }
      return false;
    }
    looks += time == 0 && request.path().equals(LOOK) ? 1 : 0;
    if (here) {
      make(point, time);
      cut = true;
      notifyAll();
    }
    return !here;
  }

  private void make(String point, int time) {
    seen.put(point, time + 1);
    made.add((time == 0 ? "before " : "after ") + point);
    if (made.size() % TOLD_EACH == 0) {
      System.out.printf("crash point %d: %s%n", made.size(), made.get(made.size() - 1));
    }
  }

  private String point(String server, Line.Request request) {
    String query = GOES_ON.matcher(request.query()).replaceAll("");
    String address = request.path() + (query.isEmpty() ? "" : "?" + query);
    StringBuilder point = new StringBuilder(server + " " + request.method() + " ");
    point.append(unvaried(address));
    for (Pattern each : TOLD) {
      Matcher told = each.matcher(request.body());
      if (told.find()) {
        point.append(' ').append(unvaried(told.group(1)));
      }
    }
    return point.toString();
  }

  private String unvaried(String text) {
    return VARYING.matcher(names.matcher(text).replaceAll("*")).replaceAll("*");
  }

  synchronized boolean isCut() {
    return cut;
  }

  /** Whether it is cut; looks no longer than this. */
  synchronized boolean isCut(Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    for (long left = within.toNanos(); !cut && left > 0; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return cut;
  }

  synchronized void mend() {
    cut = false;
  }

  synchronized List<String> made() {
    return List.copyOf(made);
  }

  /** How often a pass has begun: it asks a workload cluster who it is. */
  synchronized int looks() {
    return looks;
  }
}
