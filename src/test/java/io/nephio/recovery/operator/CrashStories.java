package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Stories told one after the other. What one of them has shown at a request the next would only
 * show again: it is not cut there any more, but where it does something of its own. With {@code
 * -Pcrash} each is cut wherever it asks for anything.
 */
final class CrashStories {
  /** Of those that every story shares, among them all that a start needs. */
  private static final int COMMON = 80;

  /** What one story does that no other does, at most. */
  private static final int OWN = 50;

  private final Stage stage;
  private final Map<String, Integer> known = new HashMap<>();

  CrashStories(Stage stage) {
    this.stage = stage;
  }

  Stream<DynamicTest> told(List<CrashPlot> plots) {
    return plots.stream().map(plot -> DynamicTest.dynamicTest(plot.name(), () -> tell(plot)));
  }

  private void tell(CrashPlot plot) {
    boolean whole = CrashStory.isLong() || known.isEmpty();
    Cuts cuts = CrashStory.everywhere(plot.name(), CrashStory.isLong() ? new HashMap<>() : known);
    plot.leaves().accept(CrashStory.twice(stage, plot.name(), cuts, plot.scene()));

    List<String> points = cuts.made();
    plot.own().forEach(p -> assertThat(points).as(p).anyMatch(Pattern.compile(p).asPredicate()));
    if (whole) {
      assertThat(points).hasSizeGreaterThan(COMMON);
      assertThat(reads(points, "management")).isGreaterThan(30);
      assertThat(reads(points, "workload")).isGreaterThan(25);
      assertThat(reads(points, "gitea")).isGreaterThan(7);
    } else {
      assertThat(points).hasSizeLessThan(OWN);
    }
  }

  private static long reads(List<String> points, String server) {
    return points.stream().filter(p -> p.startsWith("before " + server + " GET ")).count();
  }
}
