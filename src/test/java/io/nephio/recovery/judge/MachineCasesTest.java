package io.nephio.recovery.judge;

import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.controlPlane;
import static io.nephio.recovery.facts.Sample.plane;
import static io.nephio.recovery.facts.Sample.pod;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.MachineSample;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Among them the cases of Cluster API's own health checks that decide a verdict. */
class MachineCasesTest {
  private static final Instant HOUR = ago("PT1H");

  private static MachineSample starting(String age) {
    return worker("m").neverNode().created(ago(age));
  }

  private static Condition gone(String reason) {
    return new Condition("InfrastructureReady", Status.False, reason, "", Optional.of(HOUR));
  }

  static Stream<Arguments> machines() {
    return Stream.of(
        arguments("young", starting("PT9M"), ""),
        arguments("slow", starting("PT19M"), "MachineNotRunning m 19m Pending"),
        arguments("at its timeout", starting("PT20M"), "MachineNotRunning m 20m Due"),
        arguments("never came", starting("PT2H"), "MachineNotRunning m 120m Due"),
        arguments(
            "its infrastructure came late",
            starting("PT2H").conditions(condition("InfrastructureReady", Status.True, ago("PT5M"))),
            ""),
        arguments(
            "its infrastructure came long ago",
            starting("PT2H").conditions(condition("InfrastructureReady", Status.True, HOUR)),
            "MachineNotRunning m 60m Due"),
        arguments("failed beats not running", starting("PT2H").failed(), "MachineFailed m 0m Due"),
        arguments(
            "its instance was deleted",
            worker("m").conditions(gone("Deleted")),
            "MachineFailed m 60m Due"),
        arguments(
            "its instance does not exist",
            worker("m").conditions(gone("DoesNotExist")),
            "MachineFailed m 60m Due"),
        arguments("its instance is not ready", worker("m").conditions(gone("NotReady")), ""),
        arguments("deleted a while ago", worker("m").deleting(ago("PT59M")), ""),
        arguments(
            "deleted for too long", worker("m").deleting(HOUR), "MachineDeletionStuck m 60m Due"),
        arguments("deleted before it ran", starting("PT9H").deleting(ago("PT5M")), ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("machines")
  void areFoundAsOldAsTheirFailure(String what, MachineSample machine, String found) {
    assertThat(Judged.told(cluster("c").machines(machine))).as(what).isEqualTo(found);
  }

  @Test
  void aWorkerWaitsForTheControlPlaneAndAMemberDoesNot() {
    var waiting =
        cluster("c")
            .machines(starting("PT2H"), controlPlane("cp").neverNode().created(ago("PT2H")))
            .management(plane().neverInitialized().ready(0, 1).management());
    assertThat(Judged.findings(waiting))
        .extracting(f -> f.object().name())
        .containsExactly("kcp", "cp");
  }

  @Test
  void whileTheInfrastructureIsMissingNothingCanStart() {
    var waiting =
        cluster("c")
            .machines(starting("PT2H"))
            .infrastructure(condition("InfrastructureReady", Status.False, HOUR));
    assertThat(Judged.findings(waiting))
        .extracting(Finding::reason)
        .containsExactly(Reason.InfraUnready);
  }

  static Stream<Arguments> nodes() {
    return Stream.of(
        arguments(
            "told by its condition",
            worker("m").conditions(condition("NodeHealthy", Status.False, HOUR)),
            "MachineNodeMissing m 60m Due"),
        arguments("without a trace", worker("m"), "MachineNodeMissing m 0m Due"),
        arguments(
            "of a young Machine",
            worker("m").created(ago("PT5M")),
            "MachineNodeMissing m 0m Pending"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nodes")
  void aNodeThatIsNotAmongThoseSeenIsGone(String what, MachineSample machine, String found) {
    assertThat(Judged.told(cluster("c").machines(machine).onlyTheseNodes()))
        .as(what)
        .isEqualTo(found);
  }

  @Test
  void aNodeThatNobodyLookedForIsNotGone() {
    assertThat(Judged.told(cluster("c").machines(worker("m")).nodesNotLooked())).isEmpty();
  }

  @Test
  void whatHoldsUpADeletionIsNamed() {
    var machine =
        worker("m")
            .deleting(ago("PT2H"))
            .annotations("pre-drain.delete.hook.machine.cluster.x-k8s.io/backup", "")
            .conditions(
                new Condition(
                    "Deleting", Status.True, "DrainingNode", "evicting", Optional.of(HOUR)));
    var inside = contents().budget("web", 0).pods(pod("p").on("m")).contents();
    assertThat(Judged.findings(cluster("c").machines(machine).contents(inside)))
        .singleElement()
        .satisfies(
            f ->
                assertThat(f.message())
                    .contains("hook pre-drain.delete.hook.machine.cluster.x-k8s.io/backup")
                    .contains("PodDisruptionBudget shop/keep-web")
                    .contains("DrainingNode: evicting"));
  }
}
