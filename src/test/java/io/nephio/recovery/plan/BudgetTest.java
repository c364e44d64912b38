package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationStatus.Outcome;
import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.MachineSample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of one owner and kind of failure only so many acts in a day; what never acted is not counted. */
class BudgetTest {
  private static final String LIMITS = "maxUnhealthy: 2, retryBudget: 3";

  private static ClusterSample failed(String... names) {
    return cluster("c")
        .machines(
            Stream.concat(
                    Stream.of(names).map(n -> worker(n).failed()),
                    Stream.of("w1", "w2", "w3").map(n -> worker(n)))
                .toArray(MachineSample[]::new));
  }

  /** Another Machine of the same owner, some time ago. */
  private static LedgerEntry before(int number, Phase phase, Outcome outcome) {
    Decision of = Plans.plan("", failed("old" + number)).decisions().get(0);
    return Entries.over(of, phase, outcome, ago("PT" + (number + 1) + "H"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "Succeeded, Done, true",
    "Failed, Done, true",
    "Unknown, Unknown, true",
    "Failed, RejectedSafe, false",
    "Refused, Refused, false",
    "Superseded, , false",
    "Expired, , false"
  })
  void onlyWhatActedIsCounted(Phase phase, Outcome outcome, boolean counted) {
    List<LedgerEntry> ledger = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ledger.add(before(i, phase, outcome));
    }
    Decision decision =
        Plans.plan(LIMITS, failed("m1"), ledger.toArray(LedgerEntry[]::new)).decisions().get(0);

    assertThat(decision instanceof Decision.Manual).as(decision.why()).isEqualTo(counted);
    if (counted) {
      assertThat(decision.why())
          .startsWith("3 replacements in 24h did not help, the last 1h ago (c-machine-old0-")
          .endsWith(", " + phase + "): look at template, image, quota and network");
    }
  }

  @Test
  void whatIsOpenAndWhatIsProposedAtTheSameTimeIsSetAside() {
    LedgerEntry used = before(0, Phase.Succeeded, Outcome.Done);
    LedgerEntry usedToo = before(1, Phase.Succeeded, Outcome.Done);

    assertThat(Plans.told(Plans.plan(LIMITS, failed("m1", "m2"), used)))
        .containsExactly(
            "Propose ReplaceMachine Machine default/m1",
            "Propose ReplaceMachine Machine default/m2");
    Plan tight = Plans.plan(LIMITS, failed("m1", "m2"), used, usedToo);
    assertThat(Plans.told(tight))
        .containsExactly(
            "Propose ReplaceMachine Machine default/m1", "Defer ReplaceMachine Machine default/m2");
    assertThat(tight.decisions().get(1).why())
        .isEqualTo("retryBudget allows 3 in 24h for one owner; 2 done, 1 open");
    LedgerEntry open = Entries.entry(tight.decisions().get(0), Phase.Proposed);
    assertThat(Plans.told(Plans.plan(LIMITS, failed("m1", "m2"), used, usedToo, open)))
        .isEqualTo(Plans.told(tight));
  }

  @Test
  void anotherOwnerHasABudgetOfItsOwn() {
    List<LedgerEntry> ledger = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ledger.add(before(i, Phase.Failed, Outcome.Done));
    }
    ClusterSample other =
        cluster("c")
            .machines(worker("m1").of("md-1").failed(), worker("w1"), worker("w2").of("md-1"));

    assertThat(Plans.plan(LIMITS, other, ledger.toArray(LedgerEntry[]::new)).proposals())
        .hasSize(1);
  }
}
