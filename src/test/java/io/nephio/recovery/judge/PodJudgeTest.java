package io.nephio.recovery.judge;

import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.pod;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.facts.ContentsSample;
import io.nephio.recovery.facts.PodSample;
import io.nephio.recovery.facts.Reach;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodJudgeTest {
  static Stream<Arguments> pods() {
    Instant hour = ago("PT1H");
    return Stream.of(
        arguments("ready", pod("p"), ""),
        arguments("completed", pod("p").phase("Succeeded"), ""),
        arguments("crash loop", pod("p").crashing(hour), "PodCrashLoop p 60m Due"),
        arguments("young loop", pod("p").crashing(ago("PT9M")), "PodCrashLoop p 9m Pending"),
        arguments("at its threshold", pod("p").crashing(ago("PT10M")), "PodCrashLoop p 10m Due"),
        arguments("crashing, deleted", pod("p").crashing(hour).deleting(), ""),
        arguments("starting", pod("p").unready(hour), ""),
        arguments(
            "running between crashes",
            pod("p").betweenCrashes(hour, 5, ago("PT2M")),
            "PodCrashLoop p 60m Due"),
        arguments("few restarts", pod("p").betweenCrashes(hour, 4, ago("PT2M")), ""),
        arguments("crashed long ago", pod("p").betweenCrashes(hour, 9, ago("PT11M")), ""),
        arguments(
            "crashed once after two days, waits",
            pod("p").crashedOnce(ago("PT48H"), ago("PT1M"), Optional.of("back-off 10s restarting")),
            "PodCrashLoop p 1m Pending"),
        arguments(
            "crashed once after two days, starts again",
            pod("p").crashedOnce(ago("PT48H"), ago("PT1M"), Optional.empty()),
            ""),
        arguments(
            "crashed after nine minutes, starts again",
            pod("p").crashedOnce(ago("PT10M"), ago("PT1M"), Optional.empty()),
            "PodCrashLoop p 10m Due"),
        arguments(
            "crashed after ten minutes, starts again",
            pod("p").crashedOnce(ago("PT11M"), ago("PT1M"), Optional.empty()),
            ""),
        arguments("failed", pod("p").failed(hour), "PodFailed p 60m Due"),
        arguments("just failed", pod("p").failed(ago("PT9M")), "PodFailed p 9m Pending"),
        arguments("evicted", pod("p").evicted(hour), "PodFailed p 60m Due"),
        arguments("left behind by a shutdown", pod("p").evicted(hour).because("Terminated"), ""),
        arguments("of an older kubelet", pod("p").evicted(hour).because("Shutdown"), ""),
        arguments(
            "ended by a shutdown, and nobody's",
            pod("p").bare().evicted(hour).because("Terminated"),
            "PodFailed p 60m Due"),
        arguments("unschedulable", pod("p").unschedulable(hour, "0/3 nodes"), ""),
        arguments("bare", pod("p").bare().crashing(hour), "PodCrashLoop p 60m Due"),
        arguments("mirror", pod("p").mirror().crashing(hour), "PodCrashLoop p 60m Due"),
        arguments("daemon", pod("p").of("DaemonSet", "d").failed(hour), "PodFailed p 60m Due"),
        arguments("unknown Job", pod("p").of("Job", "j").failed(hour), ""),
        arguments("in the future", pod("p").failed(ago("-PT1H")), "PodFailed p 0m Pending"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pods")
  void isFoundAsOldAsItsFailure(String what, PodSample pod, String found) {
    assertThat(Judged.told(cluster("c").contents(contents().pods(pod).contents())))
        .as(what)
        .isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ImagePullBackOff",
        "ErrImagePull",
        "ErrImageNeverPull",
        "InvalidImageName",
        "CreateContainerConfigError",
        "CreateContainerError",
        "RunContainerError"
      })
  void whatNoRestartHealsIsConfiguration(String reason) {
    assertThat(told(contents().pods(pod("p").waiting(reason, ago("PT1H")))))
        .isEqualTo("PodConfigError p 60m Due");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ContainerCreating", "PodInitializing", ""})
  void whatOnlyStartsIsNothing(String reason) {
    assertThat(told(contents().pods(pod("p").waiting(reason, ago("PT1H"))))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "back-off 10s restarting failed, 1",
    "back-off 20s restarting failed, 1",
    "back-off 40s restarting failed, 1",
    "back-off 1m20s restarting failed, 2",
    "back-off 2m40s restarting failed, 3",
    "back-off 5m0s restarting failed, 6",
    "something else, 1"
  })
  void theBackOffTellsHowLongItHasLoopedAlready(String message, long minutes) {
    var pod = pod("p").crashing(ago("PT1M"), message, ago("PT1M"));
    assertThat(told(contents().pods(pod))).startsWith("PodCrashLoop p " + minutes + "m");
  }

  @ParameterizedTest
  @CsvSource({"true, PodFailed p 60m Due", "false, ''"})
  void aJobRetriesUntilItGivesUp(boolean gaveUp, String found) {
    assertThat(told(contents().job("j", gaveUp).pods(pod("p").of("Job", "j").failed(ago("PT1H")))))
        .isEqualTo(found);
  }

  @Test
  void failedPodsOfOneOwnerAreOneFindingOnTheNewest() {
    ContentsSample pile = contents().replicaSet("web-1", "Deployment", "web");
    for (int i = 1; i <= 50; i++) {
      pile.pods(pod("p" + i).evicted(ago("PT" + i + "H")));
    }
    assertThat(Judged.findings(cluster("c").contents(pile.contents())))
        .singleElement()
        .satisfies(f -> assertThat(f.object().name()).isEqualTo("p1"))
        .satisfies(f -> assertThat(f.message()).contains("50 failed pods"));
  }

  @Test
  void ownersAreFollowedToTheTop() {
    ContentsSample pods =
        contents().replicaSet("web-1", "Deployment", "web").pods(pod("p").crashing(ago("PT1H")));
    assertThat(Judged.findings(cluster("c").contents(pods.contents())))
        .singleElement()
        .satisfies(f -> assertThat(f.owner().orElseThrow().kind()).isEqualTo("Deployment"));
  }

  @Test
  void podsGoWithAMachineThatIsBeingDeleted() {
    var crashing = contents().pods(pod("p").on("m1").crashing(ago("PT1H"))).contents();
    assertThat(
            Judged.told(
                cluster("c").machines(worker("m1").deleting(ago("PT1M"))).contents(crashing)))
        .isEmpty();
  }

  @Test
  void nothingIsSaidOfPodsOfAClusterThatDoesNotAnswer() {
    var crashing = contents().pods(pod("p").crashing(ago("PT1H"))).contents();
    assertThat(
            Judged.findings(
                cluster("c")
                    .reach(new Reach.Unreachable(ago("PT1H"), "timeout"))
                    .contents(crashing)))
        .extracting(Finding::reason)
        .containsExactly(Reason.ClusterUnreachable);
  }

  private static String told(ContentsSample contents) {
    return Judged.told(cluster("c").contents(contents.contents()));
  }
}
