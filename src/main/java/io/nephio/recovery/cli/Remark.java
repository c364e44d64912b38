package io.nephio.recovery.cli;

import io.nephio.recovery.rules.Problem;
import io.nephio.recovery.rules.Rule;
import io.nephio.recovery.rules.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is said about a file.
 *
 * @param line from 1; 0 if it is about the whole file
 * @param kind of the object it is about; null if it is about none, and then so are the next two
 */
record Remark(
    Severity severity,
    String rule,
    String file,
    int line,
    @Nullable String kind,
    @Nullable String namespace,
    @Nullable String name,
    @Nullable Problem problem,
    String message) {

  static Remark of(Rule rule, String file, int line, String message) {
    return new Remark(rule.severity(), rule.id(), file, line, null, null, null, null, message);
  }

  Remark as(Severity other) {
    return new Remark(other, rule, file, line, kind, namespace, name, problem, message);
  }

  /** One line, in the form that editors jump by. */
  String text() {
    String where = line == 0 ? file : file + ":" + line;
    return "%s: %s: %s [%s]".formatted(where, severity, object() + message, rule);
  }

  private String object() {
    if (kind == null) {
      return "";
    }
    return kind
        + " "
        + (namespace == null || namespace.isEmpty() ? "" : namespace + "/")
        + name
        + ": ";
  }
}
