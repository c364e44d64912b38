package io.nephio.recovery.facts;

import java.util.List;
import java.util.Map;

/**
 * A Kubernetes label selector: all requirements must hold.
 *
 * @param labels that must be there with this value
 */
public record Selector(Map<String, String> labels, List<Requirement> requirements) {
  public Selector {
    labels = Map.copyOf(labels);
    requirements = List.copyOf(requirements);
  }

  /** One of {@code matchExpressions}. */
  public record Requirement(String key, String operator, List<String> values) {
    boolean holds(Map<String, String> labels) {
      String value = labels.get(key);
      return switch (operator) {
        case "In" -> value != null && values.contains(value);
        case "NotIn" -> value == null || !values.contains(value);
        case "Exists" -> value != null;
        case "DoesNotExist" -> value == null;
        default -> false;
      };
    }
  }

  /** Whether there is nothing to hold, which selects everything. */
  public boolean isEmpty() {
    return labels.isEmpty() && requirements.isEmpty();
  }

  public boolean matches(Map<String, String> of) {
    return labels.entrySet().stream().allMatch(e -> e.getValue().equals(of.get(e.getKey())))
        && requirements.stream().allMatch(r -> r.holds(of));
  }
}
