package io.nephio.recovery.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.DisruptionBudget;
import io.nephio.recovery.facts.Pod;
import io.nephio.recovery.facts.Sample;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContentsReadingTest {
  static Stream<Arguments> selectors() {
    return Stream.of(
        Arguments.of(Map.of("selector", Map.of()), "shop", true),
        Arguments.of(Map.of("selector", Map.of()), "other", false),
        Arguments.of(Map.of(), "shop", false),
        Arguments.of(Map.of("selector", Map.of("matchLabels", Map.of("a", "b"))), "shop", false));
  }

  /** As policy/v1 reads them: nothing to hold is all of the namespace. */
  @ParameterizedTest
  @MethodSource("selectors")
  void aBudgetCoversWhatItsSelectorSays(Map<String, Object> spec, String of, boolean covered) {
    DisruptionBudget budget =
        ContentsReading.budget(
            new Tree(Map.of("metadata", Map.of("name", "b", "namespace", "shop"), "spec", spec)));
    Pod pod = Sample.pod("p").in(of).pod();
    assertThat(budget.covers(pod)).isEqualTo(covered);
  }
}
