package io.nephio.recovery.plan;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.nephio.recovery.facts.Selector.Requirement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Label selectors as a policy holds them. */
final class Selector {
  private Selector() {}

  /** An absent selector matches everything. */
  static boolean matches(@Nullable LabelSelector selector, Map<String, String> labels) {
    return selector == null || fact(selector).matches(labels);
  }

  private static io.nephio.recovery.facts.Selector fact(LabelSelector selector) {
    List<LabelSelectorRequirement> expressions = given(selector.getMatchExpressions(), List.of());
    return new io.nephio.recovery.facts.Selector(
        given(selector.getMatchLabels(), Map.of()),
        expressions.stream().map(Selector::fact).toList());
  }

  private static Requirement fact(LabelSelectorRequirement one) {
    return new Requirement(one.getKey(), one.getOperator(), given(one.getValues(), List.of()));
  }

  private static <T> T given(@Nullable T value, T absent) {
    return value == null ? absent : value;
  }
}
