package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.manager;
import static io.nephio.recovery.facts.Sample.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Fleet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A management cluster with a pod that crashes, and without the CRD {@code things.example.com}. */
class OversightTest {
  private static final String CRDS = "criticalCRDs: {management: ['things.example.com']}";
  private static final String WHOLE = "includeManagementCluster: true";

  private static final Cluster MANAGEMENT =
      manager().contents(contents().pods(pod("p").crashing(ago("PT1H"))).contents()).cluster();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|''",
        CRDS + "|CrdMissing",
        WHOLE + "|PodCrashLoop",
        WHOLE + ", " + CRDS + "|PodCrashLoop CrdMissing",
        "criticalCRDs: {workload: ['things.example.com']}|''"
      })
  void isWhatThePolicyAsksFor(String fields, String found) {
    assertThat(found(Policies.policy(fields))).isEqualTo(found);
  }

  @Test
  void theWholeBelongsToTheOldestAndItsCrdsToAllThatNameThem() {
    Policy first = Policies.policy("default", "first", ago("PT2H"), WHOLE);
    Policy second = Policies.policy("default", "second", ago("PT1H"), WHOLE);
    Policy third = Policies.policy("default", "third", ago("PT3H"), CRDS);
    Assignment all = new Assignment(List.of(first, second, third));
    Fleet fleet = new Fleet(List.of(), Optional.of(MANAGEMENT));
    assertThat(all.of(first, fleet).management()).isPresent();
    assertThat(all.of(second, fleet).management()).isEmpty();
    assertThat(all.of(third, fleet).management()).isPresent();
  }

  private static String found(Policy policy) {
    Fleet fleet = new Fleet(List.of(), Optional.of(MANAGEMENT));
    Plan plan = Planner.plan(policy, fleet, Ledger.empty(), NOW);
    return String.join(
        " ", plan.findings().stream().map(v -> v.finding().reason().name()).toList());
  }
}
