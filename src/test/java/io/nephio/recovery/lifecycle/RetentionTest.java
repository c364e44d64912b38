package io.nephio.recovery.lifecycle;

import static io.nephio.recovery.facts.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.plan.Entries;
import io.nephio.recovery.plan.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {
  /** The proposal of the sample expires a day after this. */
  private static final Instant ENDED = NOW;

  @ParameterizedTest(name = "{0} for {1}, snoozed for {2}: forgotten {3}")
  @CsvSource({
    "Succeeded, P30D, , true",
    "Succeeded, P29DT23H, , false",
    "Refused, P31D, , true",
    "Rejected, P31D, P40D, false",
    "Rejected, P31D, P31D, true",
    "Unknown, P31D, , true",
    "Approved, P365D, , false",
    "Executing, P365D, , false",
    "Verifying, P365D, , false",
    "Proposed, P365D, , false",
  })
  void whatIsOverIsKeptForThirtyDays(Phase phase, Duration age, Duration snooze, boolean gone) {
    RemediationStatus status = new Moves(RemediationStatus.empty(), ENDED).to(phase, "", "");
    LedgerEntry entry =
        entry("one", snooze == null ? status : status.withSnoozedUntil(ENDED.plus(snooze)));

    assertThat(Retention.over(List.of(entry), ENDED.plus(age)).contains("one")).isEqualTo(gone);
  }

  @Test
  void ofMoreThanAThousandTheOldestGo() {
    List<LedgerEntry> entries =
        IntStream.range(0, 1003).mapToObj(i -> ended("e" + i, ENDED.plusSeconds(i))).toList();

    assertThat(Retention.over(entries, ENDED.plus(Duration.ofDays(3))))
        .containsExactlyInAnyOrder("e0", "e1", "e2");
  }

  @Test
  void butNoneThatBudgetsStillCount() {
    List<LedgerEntry> entries =
        IntStream.range(0, 1003).mapToObj(i -> ended("e" + i, ENDED.plusSeconds(i))).toList();

    assertThat(Retention.over(entries, ENDED.plus(Duration.ofDays(2)).plusSeconds(1)))
        .containsExactlyInAnyOrder("e0", "e1");
  }

  @Test
  void aStatusWithoutAHistoryTellsNoAge() {
    LedgerEntry entry = entry("one", RemediationStatus.empty().with(Phase.Failed, "", ""));

    assertThat(Retention.over(List.of(entry), ENDED.plus(Duration.ofDays(99)))).isEmpty();
  }

  private static LedgerEntry ended(String name, Instant at) {
    return entry(name, new Moves(RemediationStatus.empty(), at).to(Phase.Succeeded, "", ""));
  }

  private static LedgerEntry entry(String name, RemediationStatus status) {
    return new LedgerEntry(name, Entries.worker(status).spec(), status);
  }
}
