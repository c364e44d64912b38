package io.nephio.recovery.lifecycle;

import static io.nephio.recovery.facts.Sample.NOW;
import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.api.FailureClass;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationSpec.ClusterIdentity;
import io.nephio.recovery.api.RemediationSpec.MachineRef;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Approval;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Sample;
import io.nephio.recovery.plan.Entries;
import io.nephio.recovery.plan.Home;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GatesTest {
  private static final Duration POLL = Duration.ofSeconds(15);
  private static final Home HOME = new Home("kube-system-uid-c", "operator", "m4");
  private static final LedgerEntry MINE = approved("mine", "PT10M");

  static Stream<Arguments> words() {
    return Stream.of(
        arguments("nothing", "", sample(), "Free"),
        arguments("suspended", "\"suspend\": true", sample(), "Suspended"),
        arguments(
            "only reported from now on",
            "\"approvals\": [{\"mode\": \"Observe\"}]",
            sample(),
            "ObserveOnly"),
        arguments(
            "others only reported",
            "\"approvals\": [{\"actions\": [\"DeletePod\"], \"mode\": \"Observe\"}]",
            sample(),
            "Free"),
        arguments("paused", "", sample().paused(), "ClusterPaused"),
        arguments("being deleted", "", sample().deleting(), "ClusterPaused"),
        arguments("Machine paused", "", annotated("cluster.x-k8s.io/paused"), "RemediationSkipped"),
        arguments(
            "Machine to be skipped",
            "",
            annotated("cluster.x-k8s.io/skip-remediation"),
            "RemediationSkipped"),
        arguments("another annotation", "", annotated("example.com/note"), "Free"),
        arguments(
            "another Machine paused",
            "",
            cluster("c")
                .machines(
                    worker("m1").failed(), worker("m2").annotations("cluster.x-k8s.io/paused", "")),
            "Free"),
        arguments("two of four, limit one", "\"maxUnhealthy\": 1", twoFailed(), "BreakerOpen"),
        arguments("two of four, limit two", "\"maxUnhealthy\": 2", twoFailed(), "Free"),
        arguments("two of three in its failure domain", "", twoFailedIn("a", "a"), "BreakerOpen"),
        arguments("one of three in its failure domain", "", twoFailedIn("a", "b"), "Free"),
        arguments(
            "a person's word before the breaker",
            "\"maxUnhealthy\": 1, \"suspend\": true",
            twoFailed(),
            "Suspended"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("words")
  void aWordAndTheBreaker(String what, String policy, ClusterSample sample, String gate) {
    Gate seen = gate(MINE, ledger(), sample.cluster(), policy(policy));

    assertThat(word(seen)).isEqualTo(gate);
    if (seen instanceof Gate.Blocked blocked) {
      assertThat(blocked.retryAt()).isEqualTo(NOW.plus(POLL));
      assertThat(blocked.slot()).isFalse();
    }
  }

  static Stream<Arguments> others() {
    return Stream.of(
        arguments("none", 1, List.of(), ""),
        arguments("itself in flight", 1, List.of(in(Phase.Executing, "mine")), ""),
        arguments("one executing", 1, List.of(in(Phase.Executing, "a")), "a"),
        arguments("one synced", 1, List.of(in(Phase.WaitingForSync, "a")), "a"),
        arguments("one verified", 1, List.of(in(Phase.Verifying, "a")), "a"),
        arguments("one that is over", 1, List.of(in(Phase.Succeeded, "a")), ""),
        arguments("one that is proposed", 1, List.of(in(Phase.Proposed, "a")), ""),
        arguments("one of two executing", 2, List.of(in(Phase.Executing, "a")), ""),
        arguments(
            "two of two", 2, List.of(in(Phase.Executing, "b"), approved("a", "PT20M")), "b, a"),
        arguments("one merged earlier", 1, List.of(approved("a", "PT11M")), "a"),
        arguments("one merged later", 1, List.of(approved("a", "PT9M")), ""),
        arguments("one merged at once, first by name", 1, List.of(approved("a", "PT10M")), "a"),
        arguments("one merged at once, last by name", 1, List.of(approved("z", "PT10M")), ""),
        arguments(
            "one merged earlier that waits for others too",
            1,
            List.of(blocked(approved("a", "PT20M"), Gates.WAITS)),
            "a"),
        arguments(
            "one merged earlier that is held up",
            1,
            List.of(blocked(approved("a", "PT20M"), "BreakerOpen")),
            ""),
        arguments("one of another cluster", 1, List.of(elsewhere("default", "other")), ""),
        arguments("one of another namespace", 1, List.of(elsewhere("other", "c")), ""),
        arguments(
            "one without its approval",
            1,
            List.of(entry("a", Phase.Approved, RemediationStatus.empty(), "default", "c")),
            ""));
  }

  @ParameterizedTest(name = "{0}, {1} at a time")
  @MethodSource("others")
  void othersOfOurs(String what, int most, List<LedgerEntry> others, String before) {
    Gate gate =
        gate(
            MINE,
            ledger(others.toArray(LedgerEntry[]::new)),
            sample().cluster(),
            policy("\"maxInFlight\": " + most));

    if (before.isEmpty()) {
      assertThat(gate).isInstanceOf(Gate.Free.class);
    } else {
      assertThat(gate)
          .isEqualTo(
              new Gate.Blocked(
                  Gates.WAITS,
                  "policy allows " + most + " at a time in a cluster; before it: " + before,
                  NOW.plus(POLL),
                  true));
    }
  }

  /** The rules that let it be proposed are asked again before it begins, and while it is open. */
  @ParameterizedTest
  @CsvSource({
    "Proposed, shop, Free",
    "Proposed, kube-system, NoLongerAllowed",
    "Approved, shop, Free",
    "Approved, kube-system, NoLongerAllowed",
    "Executing, kube-system, Free"
  })
  void theRulesAreAskedAgain(Phase phase, String namespace, String gate) {
    RemediationSpec spec =
        SubjectsTest.spec(
            Action.DeletePod,
            FailureClass.Crash,
            new RemediationSpec.Target("v1", "Pod", namespace, "p1", "pod-uid-p1"),
            null);
    LedgerEntry entry = new LedgerEntry("mine", spec, MINE.status().with(phase, "", ""));
    var crashing =
        Sample.contents().pods(Sample.pod("p1").in(namespace).crashing(Sample.ago("PT2H")));

    Gate seen =
        gate(
            entry,
            ledger(),
            cluster("c").nodes(Sample.ready("n1")).contents(crashing.contents()).cluster(),
            policy(""));

    assertThat(word(seen)).isEqualTo(gate);
  }

  /** The operator may have been moved since the pull request was opened. */
  @ParameterizedTest
  @CsvSource({"m1, NoLongerAllowed", "m2, Free"})
  void theGroundItStandsOnIsAskedAgain(String node, String gate) {
    Home home = new Home("kube-system-uid-c", "operator", node);

    assertThat(
            word(new Gates(sample().cluster(), policy(""), home, POLL, NOW).gate(MINE, ledger())))
        .isEqualTo(gate);
  }

  @Test
  void ofOneOwnerThereAreNeverTwoWhateverThePolicyAllows() {
    LedgerEntry other = in(Phase.Verifying, "a");
    var owner = new RemediationSpec.Owner("apps/v1", "Deployment", "shop", "web", "1");

    Gate gate =
        gate(
            owned(MINE, owner),
            ledger(owned(other, owner)),
            sample().cluster(),
            policy("\"maxInFlight\": 5"));

    assertThat(gate)
        .isEqualTo(
            new Gate.Blocked(
                Gates.WAITS,
                "one at a time of the same owner; before it: a",
                NOW.plus(POLL),
                true));
  }

  private static LedgerEntry owned(LedgerEntry entry, RemediationSpec.Owner owner) {
    RemediationSpec of = entry.spec();
    RemediationSpec spec =
        Entries.spec(of.action(), of.cluster(), of.target(), of.machine(), owner);
    return new LedgerEntry(entry.name(), spec, entry.status());
  }

  /** Whoever is let in first, the order is that of the merges, and there is always one. */
  @ParameterizedTest
  @CsvSource({"1, a", "2, 'a, b'", "3, 'a, b, c'"})
  void ofThreeApprovedTheFirstMergedBegin(int most, String begin) {
    List<LedgerEntry> all =
        List.of(approved("b", "PT20M"), approved("c", "PT10M"), approved("a", "PT30M"));

    assertThat(
            all.stream()
                .filter(
                    e ->
                        gate(
                                e,
                                new Ledger(all),
                                sample().cluster(),
                                policy("\"maxInFlight\": " + most))
                            instanceof Gate.Free)
                .map(LedgerEntry::name)
                .sorted())
        .containsExactly(begin.split(", ", -1));
  }

  /** Merged now, it would be the last of those that are. */
  @ParameterizedTest
  @CsvSource({"PT20M, before it: a", "PT0S, before it: a"})
  void oneThatIsStillProposedComesAfterAllThatAreMerged(String mergedAgo, String text) {
    Gate gate =
        gate(
            in(Phase.Proposed, "open"),
            new Ledger(List.of(approved("a", mergedAgo), in(Phase.Proposed, "open"))),
            sample().cluster(),
            policy("\"maxInFlight\": 1"));

    assertThat(word(gate)).isEqualTo(Gates.WAITS);
    assertThat(((Gate.Blocked) gate).message()).endsWith(text);
  }

  @Test
  void whatMayBeginSaysWhyByWhatIsSeenNow() {
    Gate gate = gate(MINE, ledger(), twoFailed().cluster(), policy("\"maxUnhealthy\": 2"));

    assertThat(((Gate.Free) gate).why())
        .isEqualTo("2 of 4 Machines unhealthy, limit 2; MachineDeployment md-0 replaces it");
  }

  @Test
  void theBreakerCountsBeforeTheTurn() {
    Gate gate =
        gate(
            MINE,
            ledger(in(Phase.Executing, "a")),
            twoFailed().cluster(),
            policy("\"maxUnhealthy\": 1"));

    assertThat(word(gate)).isEqualTo("BreakerOpen");
  }

  private static Gate gate(
      LedgerEntry entry, Ledger ledger, Cluster cluster, ClusterPolicySpec policy) {
    return new Gates(cluster, policy, HOME, POLL, NOW).gate(entry, ledger);
  }

  private static String word(Gate gate) {
    return gate instanceof Gate.Blocked blocked ? blocked.reason() : "Free";
  }

  private static ClusterPolicySpec policy(String fields) {
    try {
      return new ObjectMapper().readValue("{" + fields + "}", ClusterPolicySpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(fields, e);
    }
  }

  private static ClusterSample sample() {
    return cluster("c").machines(worker("m1").failed(), worker("m2"));
  }

  private static ClusterSample annotated(String key) {
    return cluster("c").machines(worker("m1").failed().annotations(key, ""));
  }

  private static ClusterSample twoFailed() {
    return cluster("c")
        .machines(worker("m1").failed(), worker("m2").failed(), worker("m3"), worker("m4"));
  }

  /** In failure domains of three, of six owners. */
  private static ClusterSample twoFailedIn(String first, String second) {
    String other = second.equals("a") ? "b" : "a";
    return cluster("c")
        .machines(
            worker("m1").of("md-1").in(first).failed(),
            worker("m2").of("md-2").in(second).failed(),
            worker("m3").of("md-3").in("a"),
            worker("m4").of("md-4").in(other),
            worker("m5").of("md-5").in("b"),
            worker("m6").of("md-6").in("b"));
  }

  private static Ledger ledger(LedgerEntry... others) {
    return new Ledger(Stream.concat(Stream.of(MINE), Stream.of(others)).toList());
  }

  private static LedgerEntry in(Phase phase, String name) {
    return entry(name, phase, RemediationStatus.empty(), "default", "c");
  }

  private static LedgerEntry approved(String name, String mergedAgo) {
    return entry(name, Phase.Approved, merged(mergedAgo), "default", "c");
  }

  private static LedgerEntry elsewhere(String namespace, String cluster) {
    return entry("a", Phase.Approved, merged("PT20M"), namespace, cluster);
  }

  private static RemediationStatus merged(String ago) {
    return RemediationStatus.empty()
        .withApproval(new Approval("alice", ago(ago), "merge", NOW.plusSeconds(600)));
  }

  private static LedgerEntry blocked(LedgerEntry entry, String reason) {
    return new LedgerEntry(
        entry.name(),
        entry.spec(),
        new Moves(entry.status(), NOW).blocked(reason, "…", NOW.plus(POLL)).orElseThrow());
  }

  private static LedgerEntry entry(
      String name, Phase phase, RemediationStatus status, String namespace, String cluster) {
    RemediationSpec of = Entries.worker(RemediationStatus.empty()).spec();
    return new LedgerEntry(
        name,
        Entries.spec(
            of.action(),
            new ClusterIdentity(namespace, cluster, "", ""),
            of.target(),
            new MachineRef("default", "m1", "machine-uid-m1"),
            of.owner()),
        status.with(phase, "", ""));
  }
}
