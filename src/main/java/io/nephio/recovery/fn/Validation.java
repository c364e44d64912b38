package io.nephio.recovery.fn;

import io.nephio.recovery.rules.Problem;
import io.nephio.recovery.rules.Rule;
import io.nephio.recovery.rules.Rules;
import io.nephio.recovery.rules.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results for a ResourceList. */
final class Validation {
  private static final String INTERNAL = "internal.config.kubernetes.io/";
  private static final String PUBLIC = "config.kubernetes.io/";

  private Validation() {}

  static List<Result> of(ResourceList list) {
    Config config = Config.of(list.config());
    String root = root(list.items());
    List<Map<?, ?>> ours = new ArrayList<>();
    for (Map<?, ?> item : list.items()) {
      if (Rules.concern(item)) {
        ours.add(item);
      }
    }
    List<Result> results = new ArrayList<>();
    List<List<Problem>> problems = Rules.check(ours);
    for (int i = 0; i < ours.size(); i++) {
      for (Problem problem : problems.get(i)) {
        if (!config.muted().contains(problem.rule())) {
          results.add(result(problem, ours.get(i), root, config));
        }
      }
    }
    for (String problem : config.problems()) {
      results.add(plain(Rule.CONFIG, problem).as(config.severity(Rule.CONFIG.severity())));
    }
    if (ours.isEmpty()) {
      results.add(
          plain(
              Rule.NO_POLICY,
              "no ClusterPolicy and no Remediation in this package: nothing was checked"));
    }
    return Result.sorted(results);
  }

  /** A result that is about no object. */
  static Result plain(Rule rule, String message) {
    return new Result(rule.severity(), rule.id(), message, "", 0, "");
  }

  private static Result result(Problem problem, Map<?, ?> item, String root, Config config) {
    Severity severity = config.severity(problem.severity());
    String name = text(item, "metadata", "name");
    String namespace = text(item, "metadata", "namespace");
    String message =
        text(item, "kind")
            + " "
            + (namespace.isEmpty() ? name : namespace + "/" + name)
            + ": "
            + problem.text();
    Json json = new Json();
    json.key("resourceRef")
        .open()
        .text("apiVersion", text(item, "apiVersion"))
        .text("kind", text(item, "kind"))
        .text("name", name);
    if (!namespace.isEmpty()) {
      json.text("namespace", namespace);
    }
    json.close();
    String path = problem.field().text();
    if (!path.isEmpty()) {
      json.key("field").open().text("path", path);
      if (problem.current() != null) {
        json.text("currentValue", problem.current());
      }
      if (problem.proposed() != null) {
        json.text("proposedValue", problem.proposed());
      }
      json.close();
    }
    return new Result(
        severity, problem.rule(), message, file(item, root), index(item), json.toString());
  }

  /** Where the outermost package lies; subpackages lie below it. */
  private static String root(List<Map<?, ?>> items) {
    String root = "";
    for (Map<?, ?> item : items) {
      String path = annotation(item, INTERNAL + "package-path");
      boolean first = root.isEmpty() || path.length() < root.length();
      if ("Kptfile".equals(item.get("kind")) && !path.isEmpty() && first) {
        root = path;
      }
    }
    return root;
  }

  private static String file(Map<?, ?> item, String root) {
    String inside = annotation(item, INTERNAL + "path");
    String path = inside.isEmpty() ? annotation(item, PUBLIC + "path") : inside;
    String place = annotation(item, INTERNAL + "package-path");
    boolean below = !root.isEmpty() && place.startsWith(root + "/");
    return below && !path.isEmpty() ? place.substring(root.length() + 1) + "/" + path : path;
  }

  private static long index(Map<?, ?> item) {
    String inside = annotation(item, INTERNAL + "index");
    String index = inside.isEmpty() ? annotation(item, PUBLIC + "index") : inside;
    try {
      return Math.max(0, Long.parseLong(index));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String annotation(Map<?, ?> item, String name) {
    return text(item, "metadata", "annotations", name);
  }

  private static String text(Map<?, ?> item, String... path) {
    @Nullable Object value = item;
    for (String key : path) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : "";
  }
}
