package io.nephio.recovery.fn;

import io.nephio.recovery.rules.Rule;
import io.nephio.recovery.rules.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the pipeline asks for: a ConfigMap, whose data are texts, or a kind of our own.
 *
 * @param strict whether warnings count as errors
 * @param muted ids of rules that are not asked for
 * @param problems what was not understood
 */
record Config(boolean strict, Set<String> muted, List<String> problems) {
  static final String API_VERSION = "fn.recovery.nephio.io/v1alpha1";
  static final String KIND = "ValidateClusterPolicy";

  static Config of(@Nullable Object given) {
    Config config = new Config(false, new HashSet<>(), new ArrayList<>());
    if (given == null) {
      return config;
    }
    if (!(given instanceof Map<?, ?> map)) {
      config.problems.add("functionConfig is no object: it has no effect");
      return config;
    }
    boolean ours = KIND.equals(map.get("kind")) && API_VERSION.equals(map.get("apiVersion"));
    if (!ours && !"ConfigMap".equals(map.get("kind"))) {
      config.problems.add(
          "functionConfig is neither a ConfigMap nor a "
              + KIND
              + " of "
              + API_VERSION
              + ": it has no effect");
      return config;
    }
    Object settings = map.get(ours ? "spec" : "data");
    return config.with(settings instanceof Map<?, ?> entries ? entries : Map.of());
  }

  Severity severity(Severity given) {
    return strict && given == Severity.warning ? Severity.error : given;
  }

  private Config with(Map<?, ?> settings) {
    boolean strictly = false;
    for (Map.Entry<?, ?> entry : settings.entrySet()) {
      Object value = entry.getValue();
      switch (String.valueOf(entry.getKey())) {
        case "strict" -> strictly = isTrue(value);
        case "mute" -> mute(value);
        default ->
            problems.add("functionConfig: there is no setting " + entry.getKey() + ": remove it");
      }
    }
    return new Config(strictly, muted, problems);
  }

  private boolean isTrue(@Nullable Object value) {
    String text = String.valueOf(value);
    if (!text.equals("true") && !text.equals("false")) {
      problems.add("functionConfig: strict must be \"true\" or \"false\": it has no effect");
    }
    return text.equals("true");
  }

  private void mute(@Nullable Object value) {
    List<?> ids =
        value instanceof List<?> list ? list : List.of(String.valueOf(value).split(",", -1));
    for (Object given : ids) {
      String id = String.valueOf(given).trim();
      Rule rule = Rule.of(id).orElse(null);
      if (rule == null) {
        problems.add("functionConfig: mute: there is no rule '" + id + "'");
      } else if (!rule.mutable()) {
        problems.add("functionConfig: mute: the rule " + id + " cannot be muted");
      } else {
        muted.add(id);
      }
    }
  }
}
