package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.git.Author;
import io.nephio.recovery.git.Failure;
import io.nephio.recovery.git.Fetch;
import io.nephio.recovery.git.PackageRepository;
import io.nephio.recovery.git.Push;
import io.nephio.recovery.git.RefusedReason;
import io.nephio.recovery.lifecycle.Pull;
import io.nephio.recovery.lifecycle.Step;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.Review;
import io.nephio.recovery.record.PullRequestSpecs;
import io.nephio.recovery.servers.Line;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Gitea does to pull requests, and the operator about it. */
class PullTroubleIT extends PullStage {
  @TempDir private Path folder;

  /** It merges this never and says "try again later"; nothing was approved by the push. */
  @Test
  void aBranchThatSomebodyPushedIntoTheBaseIsNoMerge() throws Exception {
    LedgerEntry open = published(restart());
    pushedIntoTheBase(open.status().proposal().branch());

    Stage.waiting()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> merge(open))
                    .hasMessageContaining("405")
                    .hasMessageContaining("try again later"));
    assertThat(look(open)).isInstanceOf(Pull.Open.class);
    assertThat(keep(upkeep(), open, FAILING, NOW).step()).isEmpty();
    assertThat(lived(open, FAILING, NOW.plusSeconds(60)).status()).isEqualTo(open.status());

    Instant end = open.spec().expiresAt();
    assertThat(lived(open, FAILING, end).status().phase()).isEqualTo(Phase.Expired);
    assertOver(open, "Closed: not merged until " + end + ".");
  }

  private void pushedIntoTheBase(String branch) throws GitAPIException {
    var alice = new UsernamePasswordCredentialsProvider("alice", "alice-password");
    try (Git git =
        Git.cloneRepository()
            .setURI(server.url() + "/" + repository + ".git")
            .setDirectory(folder.toFile())
            .setCredentialsProvider(alice)
            .call()) {
      git.push()
          .setCredentialsProvider(alice)
          .setRefSpecs(new RefSpec("refs/remotes/origin/" + branch + ":refs/heads/main"))
          .call();
    }
  }

  /** Whoever merged got no answer; and whoever tries again is told that it cannot be merged. */
  @Test
  void aMergeWhoseAnswerIsLostIsAMerge() {
    LedgerEntry open = published(restart());
    Line.Cutter unanswered =
        new Line.Cutter() {

          @Override
          public boolean returns(Line.Request request) {
            return false;
          }
        };
    try (Line line = Line.to(server.url(), unanswered)) {
      Stage.waiting()
          .until(
              () -> {
                server.unanswered(
                    line.url(), "alice", path(open) + "/merge", Map.of("Do", "merge"));
                return pull(open).at("/merged").asBoolean();
              });
    }

    assertThatThrownBy(() -> merge(open)).hasMessageContaining(": 4");
    assertThat(look(open))
        .isInstanceOfSatisfying(
            Pull.Merged.class,
            merged -> {
              assertThat(merged.by()).isEqualTo("alice");
              assertThat(merged.review()).isInstanceOf(Review.Confirmed.class);
            });
  }

  /** A person may mark ours so; then it waits, and closing it leaves their words there. */
  @Test
  void aTitleThatBlocksTheMergeIsNeverOurs() {
    LedgerEntry blocked = published(restart());
    String title = pull(blocked).at("/title").asText();
    server.as("alice", "PATCH", path(blocked), Map.of("title", "WIP: " + title));
    assertThatThrownBy(() -> merge(blocked)).hasMessageContaining("405");
    assertThat(look(blocked)).isInstanceOf(Pull.Open.class);

    server.as("alice", "PATCH", path(blocked), Map.of("title", title));
    server.merge(repository, number(blocked), "alice", "merge");
    assertThat(look(blocked)).isInstanceOf(Pull.Merged.class);
  }

  /** Gitea 1.26 ends when it is to render this, but not when it shows it. */
  @Test
  void nothingIsSentThereToBeRendered() {
    RemediationSpec spec = restart();
    LedgerEntry open = published(spec);
    sightings.put(
        open.name(),
        List.of(new RemediationSpec.Evidence("Pod abcdef0", "at abcdef0123", "abcdef0", NOW)));
    keep(upkeep(), open, FAILING, NOW);
    Step.Conclude closed =
        new Step.Conclude(
            open.status().with(Phase.Expired, "Expired", ""), "Closed: see abcdef0.", true);
    assertThat(new Farewell(forge, open).say(closed).problem()).isEmpty();

    assertThat(pull(open).at("/body").asText()).contains("Pod abcdef0");
    assertThat(comments(open)).singleElement().asString().contains("abcdef0");
    assertThat(server.page("/" + repository + "/pulls/" + number(open))).contains("Pod abcdef0");
    assertThat(meters.getMeters())
        .extracting(Meter::getId)
        .extracting(id -> String.valueOf(id.getTag("operation")))
        .contains("POST pulls", "POST issues/comments")
        .noneMatch(operation -> operation.contains("mark"));
  }

  @Test
  void anArchivedRepositoryKeepsItsPullRequestUntilItIsNoneAnyMore() {
    LedgerEntry open = published(restart());
    server.archive(repository);
    Step.Conclude expired =
        new Step.Conclude(open.status().with(Phase.Expired, "Expired", ""), "Closed.", true);

    assertThat(look(open)).isInstanceOf(Pull.Open.class);
    Optional<String> problem = new Farewell(forge, open).say(expired).problem();
    assertThat(problem).isPresent();
    assertThat(pull(open).at("/state").asText()).isEqualTo("open");

    server.as("nephio", "PATCH", "/repos/" + repository, Map.of("archived", false));
    assertThat(new Farewell(forge, open).say(expired).problem()).isEmpty();
    assertOver(open, "Closed.");
  }

  /** What Gitea does when a branch is renamed; it has no call for that. */
  @Test
  void aBaseThatIsRenamedIsToldAndProposedAnew() {
    LedgerEntry open = published(restart());
    server.createBranch(repository, "trunk");
    String at = "/repos/" + repository;
    server.as("nephio", "PATCH", at, Map.of("default_branch", "trunk"));
    server.as("alice", "PATCH", path(open), Map.of("base", "trunk"));
    server.as("nephio", "DELETE", at + "/branches/main", null);

    Step.Conclude end = keep(upkeep(), open, FAILING, NOW).step().orElseThrow();
    assertThat(end.status().reason()).isEqualTo("BaseChanged");
    assertThat(new Farewell(forge, open).say(end).problem()).isEmpty();
    assertThat(comments(open))
        .singleElement()
        .asString()
        .startsWith("Closed: it is to be merged into trunk now, not into main.");

    Instant later = NOW.plusSeconds(60);
    LedgerEntry anew = published(PullRequestSpecs.again(restart(later), later));
    assertThat(pull(anew).at("/base/ref").asText()).isEqualTo("trunk");
  }

  /** Merged before the operator saw it: nothing is done, and it is said why. */
  @Test
  void aMergeIntoAnotherBaseIsRefused() {
    LedgerEntry open = published(restart());
    server.createBranch(repository, "trunk");
    server.as("alice", "PATCH", path(open), Map.of("base", "trunk"));
    server.merge(repository, number(open), "alice", "merge");
    assertThat(look(open))
        .isInstanceOfSatisfying(
            Pull.Merged.class,
            merged ->
                assertThat(merged.review())
                    .isEqualTo(new Review.Edited("the base branch", "main", "trunk")));
  }

  @Test
  void labelsThatCannotBeSetAreSaidAndHoldNothingUp() {
    Line.Cutter noLabels =
        new Line.Cutter() {
          @Override
          public Optional<Line.Reply> instead(Line.Request request) {
            return request.path().endsWith("/labels")
                ? Optional.of(new Line.Reply("500 Internal Server Error", List.of(), ""))
                : Optional.empty();
          }
        };
    Forge whole = forge;
    try (Line line = Line.to(server.url(), noLabels);
        Forge limited = forge(line.url(), "bot-password")) {
      forge = limited;
      LedgerEntry open = published(restart());
      assertThat(pull(open).at("/labels")).isEmpty();
      assertThat(keep(upkeep(), open, FAILING, NOW).problem().orElseThrow())
          .startsWith("not labelled recovery, recovery/rollout; nobody-here: 404");
    } finally {
      forge = whole;
    }
  }

  /** What was said of the package stands until somebody has looked again. */
  @Test
  void aFetchThatFailsTakesNoWarningBack() {
    Line.Cutter noFetch =
        new Line.Cutter() {
          @Override
          public Optional<Line.Reply> instead(Line.Request request) {
            return request.path().contains(".git/")
                ? Optional.of(new Line.Reply("500 Internal Server Error", List.of(), ""))
                : Optional.empty();
          }
        };
    server.createBranch(repository, "drafts/core/v2");
    LedgerEntry open = published(restart());
    keep(upkeep(), open, FAILING, NOW);
    String warned = pull(open).at("/body").asText();
    assertThat(warned).contains("is being changed in Porch: `drafts/core/v2`");
    Forge whole = forge;
    try (Line line = Line.to(server.url(), noFetch);
        Forge limited = forge(line.url(), "bot-password")) {
      forge = limited;
      keep(upkeep(), open, FAILING, NOW);
    } finally {
      forge = whole;
    }

    assertThat(pull(open).at("/body").asText()).isEqualTo(warned);
  }

  /** As the README names them for this version. */
  @Test
  void aTokenNeedsNoMoreThanItsScopes() {
    try (Forge limited = forge(server.token("bot", enough()))) {
      Forge whole = forge;
      forge = limited;
      try {
        LedgerEntry open = published(restart());
        assertThat(keep(upkeep(), open, FAILING, NOW).problem().orElseThrow())
            .startsWith("nobody-here: 404");
        assertThat(reviews(open)).containsExactly("alice REQUEST_REVIEW");
        assertThat(pull(open).at("/labels").findValuesAsText("name"))
            .containsExactlyInAnyOrder("recovery", "recovery/rollout");
        assertThat(statuses(pull(open).at("/head/sha").asText())).hasSize(1);
        Instant end = open.spec().expiresAt();
        assertThat(lived(open, FAILING, end).status().phase()).isEqualTo(Phase.Expired);
        assertOver(open, "Closed: not merged until " + end + ".");
      } finally {
        forge = whole;
      }
    }
  }

  @Test
  void aTokenThatMayOnlyReadIsNamed() {
    try (Forge reader = forge(server.token("bot", tooFew()))) {
      PackageRepository packages = reader.repository(repository);
      Fetch.Fetched base = (Fetch.Fetched) packages.fetch("main");
      String commit =
          packages.commit(
              base.base(),
              Map.of("a.yaml", "a: b"),
              new io.nephio.recovery.git.CommitText("x", Author.DEFAULT, NOW));
      Push push = packages.push("recovery/x/y", commit);
      assertThat(push)
          .isInstanceOfSatisfying(
              Failure.Refused.class,
              refused ->
                  assertThat(refused.reason())
                      .as(refused.text())
                      .isEqualTo(RefusedReason.ReadOnly));
    }
  }

  String[] enough() {
    return new String[] {"repo"};
  }

  String[] tooFew() {
    return new String[0];
  }

  private Forge forge(String token) {
    return forge(server.url(), token);
  }

  private void merge(LedgerEntry entry) {
    server.as("alice", "POST", path(entry) + "/merge", Map.of("Do", "merge"));
  }
}
