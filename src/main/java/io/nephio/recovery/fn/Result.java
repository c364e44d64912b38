package io.nephio.recovery.fn;

import io.nephio.recovery.rules.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One result in the form of kpt's ResourceList.
 *
 * @param message with everything in it: Porch shows nothing else
 * @param file path in the root package; empty if it is about no file
 * @param more further parts, in JSON, as they are written
 */
record Result(
    Severity severity, String rule, String message, String file, long index, String more) {
  private static final Comparator<Result> ORDER =
      Comparator.comparing(Result::file)
          .thenComparing(Result::index)
          .thenComparing(Result::severity)
          .thenComparing(Result::message);

  static List<Result> sorted(List<Result> results) {
    List<Result> sorted = new ArrayList<>(results);
    sorted.sort(ORDER);
    return sorted;
  }

  Result as(Severity other) {
    return new Result(other, rule, message, file, index, more);
  }

  void write(Json json) {
    json.open().text("message", message).text("severity", severity.name()).raw(more);
    if (!file.isEmpty()) {
      json.key("file").open().text("path", file).number("index", index).close();
    }
    json.key("tags").open().text("rule", rule).close().close();
  }
}
