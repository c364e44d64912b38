package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.lifecycle.Pull;
import io.nephio.recovery.lifecycle.Step;
import io.nephio.recovery.plan.Identity;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.record.PullRequestSpecs;
import io.nephio.recovery.servers.Line;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What becomes of the branch of a pull request, by whoever else has to do with it. */
class BranchTroubleIT extends PullStage {
  @Test
  void ofTwinsTheFirstStays() {
    LedgerEntry open = published(restart());
    String branch = open.status().proposal().branch();
    server.as("bot", "PATCH", path(open), Map.of("state", "closed"));
    JsonNode twin =
        parse(
            server.as(
                "bot",
                "POST",
                "/repos/" + repository + "/pulls",
                Map.of("head", branch, "base", "main", "title", "twin", "body", "")));
    server.as("bot", "PATCH", path(open), Map.of("state", "open"));

    keep(upkeep(), open, FAILING, NOW);

    assertThat(pull(open).at("/state").asText()).isEqualTo("open");
    assertThat(
            json("/repos/" + repository + "/pulls/" + twin.at("/number").asLong())
                .at("/state")
                .asText())
        .isEqualTo("closed");
  }

  @Test
  void aDeletedBranchIsANo() {
    LedgerEntry open = published(restart());
    String branch = open.status().proposal().branch();
    server.as("alice", "DELETE", "/repos/" + repository + "/branches/" + branch, null);
    Stage.waiting().until(() -> look(open) instanceof Pull.Closed);

    assertThat(((Pull.Closed) look(open)).by()).isIn("alice", "somebody");
  }

  /** What may pass is tried again, and nothing of it is said twice. */
  @Test
  void aBranchThatCannotBeDeletedNowIsDeletedLater() {
    LedgerEntry open = published(restart());
    Step.Conclude expired =
        new Step.Conclude(open.status().with(Phase.Expired, "Expired", ""), "Closed.", true);
    Line.Cutter noPush =
        new Line.Cutter() {
          @Override
          public Optional<Line.Reply> instead(Line.Request request) {
            return request.path().contains("git-receive-pack")
                ? Optional.of(new Line.Reply("503 Service Unavailable", List.of(), ""))
                : Optional.empty();
          }
        };
    try (Line line = Line.to(server.url(), noPush);
        Forge limited = forge(line.url(), "bot-password")) {
      assertThat(new Farewell(limited, open).say(expired).problem()).isPresent();
    }
    assertThat(pull(open).at("/state").asText()).isEqualTo("closed");

    assertThat(new Farewell(forge, open).say(expired).problem()).isEmpty();
    assertOver(open, "Closed.");
  }

  @Test
  void aBranchThatMayNotBeDeletedHoldsNothingUp() {
    LedgerEntry open = published(restart());
    server.protect(repository, open.status().proposal().branch());
    Step.Conclude expired =
        new Step.Conclude(open.status().with(Phase.Expired, "Expired", ""), "Closed.", true);

    Farewell.Result result = new Farewell(forge, open).say(expired);

    assertThat(result.problem()).isEmpty();
    assertThat(result.warning().orElseThrow()).contains("is still there", "protected");
    assertThat(pull(open).at("/state").asText()).isEqualTo("closed");
  }

  @Test
  void aPackageThatChangedUnderSomebodysHandsLeavesThemTheirBranch() {
    LedgerEntry open = published(restart());
    String branch = open.status().proposal().branch();
    commit(open, PATH, text -> text + "# mine\n");
    edit("main", PATH, text -> text.replace("app: smf", "app: smf2"));

    Step.Conclude end = keep(upkeep(), open, FAILING, NOW).step().orElseThrow();
    assertThat(end.status().reason()).isEqualTo("PackageChanged");
    assertThat(new Farewell(forge, open).say(end)).isEqualTo(Farewell.Result.DONE);
    ledger.set(0, new LedgerEntry(open.name(), open.spec(), end.status()));
    Instant later = NOW.plusSeconds(60);
    LedgerEntry anew = published(PullRequestSpecs.again(restart(later), later));

    assertThat(pull(open).at("/state").asText()).isEqualTo("closed");
    assertThat(text(PATH, branch)).endsWith("# mine\n");
    assertThat(comments(open))
        .anyMatch(text -> text.contains("The branch stays, with what was added to it."))
        .anyMatch(text -> text.contains("Proposed anew: #" + number(anew)));
    assertThat(pull(anew).at("/body").asText()).contains("last: #" + number(open));
  }

  /** Alice has pushed to our branch, and opened hers from it, just before ours was to be opened. */
  @Test
  void aPullRequestOfSomebodyElseIsNotTakenForOurs() {
    AtomicReference<String> branch = new AtomicReference<>();
    Line.Cutter alice =
        new Line.Cutter() {
          @Override
          public boolean reaches(Line.Request request) {
            String mine = request.path().endsWith("/pulls") ? branch.getAndSet(null) : null;
            if (mine != null && request.method().equals("POST")) {
              edit(mine, PATH, text -> text + "# mine\n");
              openedByAlice(mine);
            }
            return true;
          }
        };
    Forge whole = forge;
    try (Line line = Line.to(server.url(), alice);
        Forge between = forge(line.url(), "bot-password")) {
      forge = between;
      LedgerEntry entry = detected(restart());
      var prepared = (Proposals.Prepared) proposals(entry).prepare();
      branch.set(prepared.status().proposal().branch());
      assertThat(proposals(next(entry, prepared)).publish(prepared.base()))
          .isInstanceOfSatisfying(
              Proposals.Stopped.class,
              stopped -> {
                assertThat(stopped.reason()).isEqualTo("PullRequestInTheWay");
                assertThat(stopped.text())
                    .startsWith("pull request #1 of alice is open from branch recovery/")
                    .contains(", and it is not ours: http")
                    .endsWith("/" + repository + "/pulls/1");
              });
    } finally {
      forge = whole;
    }
  }

  /** Gitea 1.19 says 500 when it looks at a branch itself just then; it may have opened it. */
  private void openedByAlice(String branch) {
    Map<String, String> mine = Map.of("head", branch, "base", "main", "title", "Mine");
    Stage.waiting()
        .ignoreExceptionsInstanceOf(IllegalStateException.class)
        .until(
            () -> {
              if (json("/repos/" + repository + "/pulls").isEmpty()) {
                server.as("alice", "POST", "/repos/" + repository + "/pulls", mine);
              }
              return true;
            });
  }

  @Test
  void whatLeavesNoRoomForARecordIsNamed() {
    server.createFile(repository, "main", "recovery", "what we recover");
    assertThat(proposals(detected(restart())).prepare())
        .isEqualTo(new Proposals.Stopped("PathInTheWay", "recovery is a file and no folder"));
  }

  private static LedgerEntry detected(RemediationSpec spec) {
    return new LedgerEntry(Identity.of(spec).name(), spec, RemediationStatus.empty());
  }
}
