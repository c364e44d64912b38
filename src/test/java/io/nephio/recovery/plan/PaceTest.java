package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.notReady;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.MachineSample;
import io.nephio.recovery.facts.Reach;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** With shortInterval 30s and longInterval 5m, unless a policy says otherwise. */
class PaceTest {
  private static final String PATIENT = "longInterval: '3h'";

  static Stream<Arguments> looks() {
    ClusterSample failing = with(worker("m1").failed());
    return Stream.of(
        arguments("nothing", "", with(worker("m1")), "PT5M longInterval"),
        arguments("a failure", "", failing, "PT30S shortInterval"),
        arguments("two thresholds", "", pending("PT3M", "PT1M"), "PT2M NodeNotReady c/m1"),
        arguments("a threshold far away", "", pending("PT1S", "PT1S"), "PT4M59S NodeNotReady c/m1"),
        arguments(
            "a threshold behind longInterval",
            "nodeNotReadyThreshold: '10m'",
            pending("PT1M", "PT1M"),
            "PT5M longInterval"),
        arguments(
            "a threshold behind shortInterval, and a failure",
            "",
            with(worker("m1"), worker("m2").failed()).nodes(notReady("m1", ago("PT1M"))),
            "PT30S shortInterval"),
        arguments(
            "a threshold before shortInterval, and a failure",
            "",
            with(worker("m1"), worker("m2").failed()).nodes(notReady("m1", ago("PT4M50S"))),
            "PT10S NodeNotReady c/m1"),
        arguments(
            "a start too young to be told of",
            PATIENT,
            with(worker("m1").neverNode().created(ago("PT1M"))),
            "PT19M MachineNotRunning c/m1"),
        arguments(
            "a deletion too young to be told of",
            PATIENT,
            with(worker("m1").deleting(ago("PT1M"))),
            "PT59M MachineDeletionStuck c/m1"),
        arguments(
            "of a paused cluster",
            PATIENT,
            with(worker("m1").deleting(ago("PT1M"))).paused(),
            "PT3H longInterval"),
        arguments(
            "under infrastructure that is not ready",
            "",
            cluster("c")
                .machines(worker("m1").failed(condition("Ready", Status.False, ago("PT1M"))))
                .infrastructure(condition("InfrastructureReady", Status.False, ago("PT1M"))),
            "PT30S shortInterval"),
        arguments(
            "did not answer a moment ago",
            "",
            with(worker("m1")).reach(new Reach.Unreachable(ago("PT1M"), "timeout")),
            "PT30S shortInterval"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("looks")
  void theNextLookIsWhenSomethingIsDue(
      String what, String policy, ClusterSample cluster, String next) {
    assertThat(told(Plans.plan(policy, cluster))).as(what).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource({
    "Detected, PT5M longInterval",
    "Proposed, PT5M longInterval",
    "Approved, PT30S Approved c/m1",
    "Executing, PT30S Executing c/m1",
    "WaitingForSync, PT30S WaitingForSync c/m1",
    "Verifying, PT30S Verifying c/m1",
    "Succeeded, PT5M longInterval",
    "Unknown, PT5M longInterval"
  })
  void whatIsUnderWayIsLookedAtSoonThoughNothingFailsAnyMore(Phase phase, String next) {
    LedgerEntry entry = entry(phase);

    assertThat(told(Plans.plan("", with(worker("m2")), entry))).isEqualTo(next);
    assertThat(told(Plans.plan("", cluster("other").machines(worker("m2")), entry)))
        .isEqualTo("PT5M longInterval");
  }

  @ParameterizedTest
  @CsvSource({"PT4M50S, PT10S NodeNotReady c/m2", "PT1M, PT30S Verifying c/m1"})
  void aThresholdThatComesFirstIsNotMissedMeanwhile(String notReadyFor, String next) {
    ClusterSample cluster = with(worker("m2")).nodes(notReady("m2", ago(notReadyFor)));

    assertThat(told(Plans.plan("", cluster, entry(Phase.Verifying)))).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource({"10, PT10S MachineFailed c/m1", "31, PT30S shortInterval"})
  void aSnoozeEndsInTime(long seconds, String next) {
    Decision proposed = Plans.plan("", with(worker("m1").failed())).decisions().get(0);
    LedgerEntry rejected = Entries.rejected(proposed, NOW.plusSeconds(seconds));

    assertThat(told(Plans.plan("", with(worker("m1").failed()), rejected))).isEqualTo(next);
  }

  private static LedgerEntry entry(Phase phase) {
    return Entries.entry(Plans.plan("", with(worker("m1").failed())).decisions().get(0), phase);
  }

  private static ClusterSample pending(String first, String second) {
    return with(worker("m1"), worker("m2"))
        .nodes(List.of(notReady("m1", ago(first)), notReady("m2", ago(second))));
  }

  private static ClusterSample with(MachineSample... machines) {
    return cluster("c").machines(machines);
  }

  private static String told(Plan plan) {
    return plan.next().in() + " " + plan.next().reason();
  }
}
