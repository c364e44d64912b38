package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.notReady;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.Machine;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakerTest {
  @ParameterizedTest
  @CsvSource({
    "'40%', 1, 1",
    "'40%', 2, 1",
    "'40%', 4, 1",
    "'40%', 5, 2",
    "'40%', 6, 2",
    "'40%', 7, 2",
    "'40%', 8, 3",
    "'1%', 99, 1",
    "'100%', 3, 3",
    "3, 10, 3",
    "1, 1, 1",
  })
  void theLimitIsRoundedDownButNeverBelowOne(String maxUnhealthy, int machines, int limit) {
    assertThat(breaker(maxUnhealthy, machines, 0, 0).limit()).isEqualTo(limit);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, false",
    "2, 0, false",
    "3, 0, true",
    "1, 1, false",
    "1, 2, true",
    "0, 3, true"
  })
  void opensAboveTheLimitAndCountsWhatIsBeingDeleted(int failed, int deleting, boolean open) {
    Breaker breaker = breaker("40%", 6, failed, deleting);

    assertThat(breaker.open()).isEqualTo(open);
    assertThat(breaker.text()).isEqualTo((failed + deleting) + " of 6 Machines unhealthy, limit 2");
  }

  @Test
  void aMachineAndItsNodeCountOnceAndALeftOverNodeNotAtAll() {
    var cluster =
        cluster("c")
            .machines(worker("m1").failed(), worker("m2"))
            .nodes(notReady("m1", ago("PT1H")), notReady("left-over", ago("PT1H")))
            .cluster();

    assertThat(Planner.breaker(cluster, Policies.spec(""), NOW).unhealthy()).isEqualTo(1);
  }

  @Test
  void machinesWithoutUidAreStillDifferentMachines() {
    var cluster =
        cluster("c")
            .machines(
                worker("m1").withoutUid().failed(),
                worker("m2").withoutUid().failed(),
                worker("m3").withoutUid())
            .cluster();

    assertThat(Planner.breaker(cluster, Policies.spec(""), NOW).unhealthy()).isEqualTo(2);
  }

  private static Breaker breaker(String maxUnhealthy, int total, int failed, int deleting) {
    String value = maxUnhealthy.endsWith("%") ? "'" + maxUnhealthy + "'" : maxUnhealthy;
    List<Machine> machines =
        IntStream.range(0, total)
            .mapToObj(
                i ->
                    i < failed
                        ? worker("m" + i).failed()
                        : i < failed + deleting ? worker("m" + i).deleting() : worker("m" + i))
            .map(m -> m.machine())
            .toList();
    return Planner.breaker(
        cluster("c").machines(machines).cluster(), Policies.spec("maxUnhealthy: " + value), NOW);
  }
}
