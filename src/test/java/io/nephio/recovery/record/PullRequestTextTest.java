package io.nephio.recovery.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Execution;
import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.api.RemediationStatus.Transition;
import io.nephio.recovery.git.Author;
import io.nephio.recovery.git.CommitText;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read: commit message, title and body of each kind of proposal. */
class PullRequestTextTest {
  private static final List<String> QUESTIONS =
      List.of(
          "**Merging ",
          "Closing ",
          "### Why",
          "### Checked before proposing",
          "### After the merge");

  /** Lines of Markdown on the pictures of README, each row of a table one of them. */
  private static final int FIRST_SCREEN = 35;

  static Stream<Arguments> kinds() {
    Background again =
        new Background(
            new Ledger(List.of(before(Phase.Failed, 40L), before(Phase.Succeeded, 41L))),
            Set.of("main", "drafts/core/v4-ws1", "proposed/core/v5", "drafts/other/v1"),
            Optional.empty(),
            Optional.empty());
    return Stream.of(
        Arguments.of("worker", PullRequestSpecs.worker(), Background.NONE),
        Arguments.of("many-symptoms", PullRequestSpecs.manySymptoms(), Background.NONE),
        Arguments.of("control-plane", PullRequestSpecs.controlPlane(), Background.NONE),
        Arguments.of("drain", PullRequestSpecs.drain(), Background.NONE),
        Arguments.of("pod", PullRequestSpecs.pod(), Background.NONE),
        Arguments.of("restart-with-edit", PullRequestSpecs.restart(PullRequestSpecs.EDIT), again),
        Arguments.of(
            "restart-by-an-engine", PullRequestSpecs.restart(PullRequestSpecs.EDIT), applied()),
        Arguments.of("crd-by-an-engine", PullRequestSpecs.crd(), applied()),
        Arguments.of("restart-record-only", PullRequestSpecs.restart(null), Background.NONE),
        Arguments.of("restart-out-of-memory", PullRequestSpecs.outOfMemory(), failed()),
        Arguments.of("pod-out-of-memory", PullRequestSpecs.podOutOfMemory(), Background.NONE),
        Arguments.of("crd", PullRequestSpecs.crd(), Background.NONE),
        Arguments.of("hostile", PullRequestSpecs.hostile(), Background.NONE));
  }

  /** The merge itself is the act. */
  private static Background applied() {
    return new Background(
        Ledger.empty(),
        Set.of(),
        Optional.empty(),
        Optional.of("Flux's Kustomization flux-system/edge07"));
  }

  /** The last restart of this workload did not help. */
  private static Background failed() {
    return new Background(
        new Ledger(List.of(before(Phase.Succeeded, 40L), before(Phase.Failed, 41L))),
        Set.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** Only a rule says so: neither another act, nor another exit, nor a restart that did help. */
  @Test
  void whatMayHelpIsNotDoubted() {
    for (RemediationSpec spec :
        List.of(
            PullRequestSpecs.worker(),
            PullRequestSpecs.drain(),
            PullRequestSpecs.pod(),
            PullRequestSpecs.restart(null),
            PullRequestSpecs.crd())) {
      Ledger helped = new Ledger(List.of(before(Phase.Failed, 40L), before(Phase.Succeeded, 42L)));
      assertThat(Doubts.text(spec, spec.evidence(), helped, "")).isEmpty();
    }
    RemediationSpec drain = PullRequestSpecs.drain();
    assertThat(Doubts.text(drain, PullRequestSpecs.outOfMemory().evidence(), Ledger.empty(), ""))
        .isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void theWholeText(String name, RemediationSpec spec, Background background) {
    Draft draft = Drafts.draft(spec, PullRequestSpecs.POLICY, Map.of(), background);
    Golden.assertSame(
        name,
        "````\n"
            + CommitText.of(draft, Author.DEFAULT).message()
            + "````\n\n# "
            + draft.title()
            + "\n\n"
            + draft.body());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void theSameQuestionsInTheSameOrder(String name, RemediationSpec spec, Background background) {
    String body = Drafts.draft(spec, PullRequestSpecs.POLICY, Map.of(), background).body();
    assertThat(QUESTIONS.stream().map(body::indexOf).toList()).isSorted().doesNotContain(-1);
    String visible = body.replaceAll("(?s)<details>.*?</details>", "<details>");
    assertThat(visible.substring(0, visible.indexOf(QUESTIONS.get(4))).lines().count())
        .isLessThan(FIRST_SCREEN);
    assertThat(body).hasSizeLessThan(60_000);
    assertThat(HiddenState.isUntouched(body)).isTrue();
  }

  @Test
  void foreignTextIsNeitherMarkupNorAMention() {
    String body =
        Drafts.draft(PullRequestSpecs.hostile(), PullRequestSpecs.POLICY, Map.of(), Background.NONE)
            .body();
    assertThat(body).doesNotContain(" <img", "@everyone", "http://", " **all", "# Merging", "#5");
    assertThat(body.lines().mapToInt(String::length).max().orElseThrow()).isLessThan(1000);
    assertThat(body.split("<!--", -1)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', true",
    "a worker, a broken worker, false",
    "'\n', '\r\n', true",
    "<!-- recovery-state, <!-- other-state, false"
  })
  void aBodyThatAPersonEditedIsKnown(String before, String after, boolean untouched) {
    String body =
        Drafts.draft(PullRequestSpecs.worker(), PullRequestSpecs.POLICY, Map.of(), Background.NONE)
            .body();
    String edited = before.isEmpty() ? body : body.replace(before.replace("a ", "one "), after);
    assertThat(Drafts.isUntouched(edited)).isEqualTo(untouched);
  }

  @Test
  void theEvidenceOfNowTakesThePlaceOfTheRecords() {
    var seen = List.of(new RemediationSpec.Evidence("Node n", "Ready=False", "KubeletDown", null));
    String body =
        Drafts.draft(
                PullRequestSpecs.worker(),
                PullRequestSpecs.POLICY,
                Map.of(),
                new Background(Ledger.empty(), Set.of(), Optional.of(seen), Optional.empty()))
            .body();
    assertThat(body).contains("| Node n | Ready=False | KubeletDown |").doesNotContain("Lease");
  }

  /** With edit it was proposed in the package's repository, and without in the policy's. */
  @Test
  void whatWasProposedElsewhereIsNamedWithItsRepository() {
    for (RemediationSpec spec : List.of(PullRequestSpecs.restart(null), PullRequestSpecs.pod())) {
      String body = Drafts.draft(spec, PullRequestSpecs.POLICY, Map.of(), failed()).body();
      assertThat(body).contains("last: nephio/edge01#41, did not help");
    }
    assertThat(
            Drafts.draft(
                    PullRequestSpecs.restart(null), PullRequestSpecs.POLICY, Map.of(), failed())
                .body())
        .contains("- the last time (nephio/edge01#41) the same did not help");
  }

  /** A draft takes back what it does not hold, and where nothing is changed nothing is taken. */
  @Test
  void draftsMatterOnlyToWhatChangesTheirPackage() {
    Set<String> drafts = Set.of("drafts/core/v4", "drafts/crds/v2");
    assertThat(PorchDrafts.warning(PullRequestSpecs.restart(PullRequestSpecs.EDIT), drafts))
        .contains("`drafts/core/v4`");
    assertThat(PorchDrafts.warning(PullRequestSpecs.crd(), drafts)).isEmpty();
    assertThat(PorchDrafts.warning(PullRequestSpecs.restart(null), drafts)).isEmpty();
  }

  private static LedgerEntry before(Phase phase, long number) {
    RemediationSpec of = PullRequestSpecs.restart(PullRequestSpecs.EDIT);
    Instant then = PullRequestSpecs.NOW.minusSeconds(10 * 86_400 - number * 3600);
    RemediationSpec spec = PullRequestSpecs.again(of, then);
    RemediationStatus status =
        RemediationStatus.empty()
            .with(phase, "", "")
            .withProposal(new Proposal("nephio/edge01", "main", "b", "c", number, "u"))
            .withExecution(new Execution(then.plusSeconds(60), then.plusSeconds(90), null, false))
            .withHistory(List.of(new Transition(then.plusSeconds(600), phase, "")));
    return new LedgerEntry("before-" + number, spec, status);
  }
}
