package io.nephio.recovery.judge;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.manager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.ContentsSample;
import io.nephio.recovery.facts.Reach;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CrdJudgeTest {
  private static final String NAME = "things.example.com";

  static Stream<Arguments> crds() {
    Instant hour = ago("PT1H");
    Optional<Instant> never = Optional.empty();
    return Stream.of(
        arguments(contents().crdsNotLooked(), ""),
        arguments(contents(), "CrdMissing Due"),
        arguments(contents().crd("others.example.com", never), "CrdMissing Due"),
        arguments(contents().crd(NAME, never, condition("Established", Status.True, hour)), ""),
        arguments(contents().crd(NAME, never), ""),
        arguments(
            contents().crd(NAME, never, condition("Established", Status.False, hour)),
            "CrdNotEstablished Due"),
        arguments(
            contents().crd(NAME, never, condition("Established", Status.False, ago("PT1M"))),
            "CrdNotEstablished Pending"),
        arguments(
            contents().crd(NAME, Optional.of(hour), condition("Established", Status.True, hour)),
            "CrdNotEstablished Due"),
        arguments(
            contents()
                .crd(NAME, Optional.of(ago("PT119S")), condition("Established", Status.True, hour)),
            "CrdNotEstablished Pending"),
        arguments(
            contents().crd(NAME, never, condition("Established", Status.False, ago("PT2M"))),
            "CrdNotEstablished Due"),
        arguments(
            contents().crd(NAME, never, condition("Established", Status.Unknown, hour)),
            "CrdNotEstablished Due"),
        arguments(
            contents()
                .crd(
                    NAME,
                    never,
                    condition("Established", Status.True, hour),
                    condition("NamesAccepted", Status.False, hour)),
            "CrdNotEstablished Due"),
        arguments(
            contents()
                .crd(
                    NAME,
                    never,
                    condition("Established", Status.True, hour),
                    condition("NonStructuralSchema", Status.True, hour)),
            ""));
  }

  @ParameterizedTest
  @MethodSource("crds")
  void onlyWhatWasLookedForCanBeMissing(ContentsSample contents, String found) throws IOException {
    assertThat(told(judge(contents, Memory.EMPTY, NOW), NOW)).isEqualTo(found);
  }

  static Stream<Arguments> clusters() {
    return Stream.of(
        arguments(cluster("c"), "CrdMissing Due"),
        arguments(cluster("c").reach(new Reach.NotTried()), ""),
        arguments(
            cluster("c").reach(new Reach.Unreachable(ago("PT1M"), "timeout")),
            "ClusterUnreachable Pending"),
        arguments(cluster("c").paused(), ""),
        arguments(cluster("c").deleting(), ""),
        arguments(manager(), ""),
        arguments(cluster(Cluster.MANAGEMENT), "CrdMissing Due"));
  }

  /** What the policy calls critical of workload clusters, in each of these. */
  @ParameterizedTest
  @MethodSource("clusters")
  void onlyAClusterThatAnsweredLacksOne(ClusterSample cluster, String found) throws IOException {
    var seen = cluster.contents(contents().contents()).cluster();
    assertThat(told(Judges.judge(new Scene(seen, policy(), Memory.EMPTY, NOW)), NOW))
        .isEqualTo(found);
  }

  @Test
  void oneThatWasThereAMomentAgoGetsItsTime() throws IOException {
    Cluster before =
        cluster("c")
            .contents(
                contents()
                    .crd(NAME, Optional.empty(), condition("Established", Status.True, NOW))
                    .contents())
            .cluster();
    Memory memory = Memory.EMPTY.after(List.of(before), List.of(), Set.of(), policy(), NOW);
    Instant soon = NOW.plusSeconds(60);
    Instant later = NOW.plusSeconds(120);

    assertThat(told(judge(contents(), memory, soon), soon)).isEqualTo("CrdMissing Pending");
    assertThat(told(judge(contents(), memory, later), later)).isEqualTo("CrdMissing Due");
  }

  private static List<Finding> judge(ContentsSample inside, Memory memory, Instant at)
      throws IOException {
    return Judges.judge(
        new Scene(cluster("c").contents(inside.contents()).cluster(), policy(), memory, at));
  }

  private static ClusterPolicySpec policy() throws IOException {
    return new ObjectMapper()
        .readValue(
            "{\"criticalCRDs\": {\"workload\": [\"" + NAME + "\"]}}", ClusterPolicySpec.class);
  }

  private static String told(List<Finding> findings, Instant at) {
    return String.join(
        ", ",
        findings.stream().map(f -> f.reason() + (f.isDue(at) ? " Due" : " Pending")).toList());
  }
}
