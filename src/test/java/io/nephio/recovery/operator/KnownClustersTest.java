package io.nephio.recovery.operator;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.ClusterPolicyStatus;
import io.nephio.recovery.api.ClusterPolicyStatus.Breaker;
import io.nephio.recovery.api.ClusterPolicyStatus.ClusterState;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Reach;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownClustersTest {
  /** Its kube-system has the uid kube-system-uid-c. */
  private static final Cluster SEEN =
      cluster("c").machines(worker("m1")).nodes(silent("m1", ago("PT1H"))).cluster();

  @ParameterizedTest(name = "first seen as {1} in {0}")
  @CsvSource({
    "default/c, kube-system-uid-c, true",
    "default/c, '', true",
    "default/c, another, false",
    "other/c, another, true",
    "default/d, another, true",
  })
  void aClusterIsHeldToTheIdentityUnderWhichItWasFirstSeen(
      String known, String uid, boolean taken) {
    String[] name = known.split("/", -1);
    Cluster checked = check(name[0], name[1], "Healthy", uid);

    assertThat(checked.equals(SEEN)).isEqualTo(taken);
    assertThat(checked.reach() instanceof Reach.Reached).isEqualTo(taken);
  }

  @ParameterizedTest(name = "was {0}")
  @CsvSource({"Healthy, false", "Unreachable, false", "Deleting, true"})
  void aClusterThatWasBeingDeletedAndIsNotWasMadeAnew(String state, boolean taken) {
    assertThat(check("default", "c", state, "another").equals(SEEN)).isEqualTo(taken);
  }

  @Test
  void nothingIsConcludedFromSomebodyElsesNodes() {
    Cluster checked = check("default", "c", "Healthy", "another");

    assertThat(checked.nodes()).isInstanceOf(Known.NotLooked.class);
    assertThat(checked.kubeSystemUid()).isEqualTo("another");
    assertThat(checked.machines()).isEqualTo(SEEN.machines());
    assertThat(checked.reach())
        .isEqualTo(
            new Reach.CredentialProblem(
                NOW,
                "it leads to another cluster: kube-system has the uid kube-system-uid-c, and had"
                    + " another"));
  }

  /** Else every pass would find that it began just now, and write that down. */
  @ParameterizedTest(name = "{0} for 2 hours")
  @CsvSource({"Unreachable, PT2H", "Healthy, PT0S"})
  void itHasBeenAProblemSinceTheClusterCouldNotBeUsed(String state, String since) {
    assertThat(check("default", "c", state, "another").reach())
        .isInstanceOfSatisfying(
            Reach.CredentialProblem.class, p -> assertThat(p.since()).isEqualTo(ago(since)));
  }

  private static Cluster check(String namespace, String name, String state, String uid) {
    Instant since = ago("PT2H");
    ClusterPolicyStatus before =
        new ClusterPolicyStatus(
            1L,
            List.of(),
            null,
            List.of(new ClusterState(namespace, name, state, since, uid, Breaker.CLOSED)),
            List.of());
    return new KnownClusters(before, NOW).check(new Fleet(List.of(SEEN))).clusters().get(0);
  }
}
