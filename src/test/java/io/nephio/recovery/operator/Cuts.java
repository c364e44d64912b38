package io.nephio.recovery.operator;

import io.nephio.recovery.servers.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the operator's process ends. It finds the points by itself: a request that has not been
 * seen before is one, by server, method, path and query without what differs from run to run, and
 * what it says of phases and events. Each is cut twice: the first time before the server has seen
 * it, the second time after the server has acted. From a cut on nothing gets through any more, as
 * after a {@code kill -9}, until the line is mended.
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

  private static final String LOOK = "/api/v1/namespaces/kube-system";

  private final Predicate<Line.Request> which;
  private final Map<String, Integer> seen = new HashMap<>();
  private final List<String> made = new ArrayList<>();
  private boolean cut;
  private int looks;

  Cuts(Predicate<Line.Request> which) {
    this.which = which;
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
    if (cut) {
      return false;
    }
    looks += time == 0 && request.path().equals(LOOK) ? 1 : 0;
    String point = point(server, request);
    if (!which.test(request) || seen.getOrDefault(point, 0) != time) {
      return true;
    }
    seen.put(point, time + 1);
    made.add((time == 0 ? "before " : "after ") + point);
    cut = true;
    if (made.size() % TOLD_EACH == 0) {
      System.out.printf("crash point %d: %s%n", made.size(), made.get(made.size() - 1));
    }
    return false;
  }

  private static String point(String server, Line.Request request) {
    String query = GOES_ON.matcher(request.query()).replaceAll("");
    String address = request.path() + (query.isEmpty() ? "" : "?" + query);
    StringBuilder point = new StringBuilder(server + " " + request.method() + " ");
    point.append(VARYING.matcher(address).replaceAll("*"));
    for (Pattern each : TOLD) {
      Matcher told = each.matcher(request.body());
      if (told.find()) {
        point.append(' ').append(told.group(1));
      }
    }
    return point.toString();
  }

  synchronized boolean isCut() {
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
