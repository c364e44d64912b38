package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.git.Push;
import io.nephio.recovery.lifecycle.Pull;
import io.nephio.recovery.plan.Identity;
import io.nephio.recovery.plan.LedgerEntry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A branch of the name that is needed, from a ledger that was lost or has forgotten it. */
class LeftoverIT extends PullStage {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"open", "closed", "merged"})
  void whatIsOnlyOursMakesRoom(String was) throws GitAPIException {
    LedgerEntry old = published(restart());
    happens(was, old);
    LedgerEntry anew = prepared();

    assertThat(publish(anew)).isEqualTo(new Proposals.Next(anew.status()));
    assertThat(pull(old).at("/state").asText()).isEqualTo("closed");
    assertThat(publish(anew)).isInstanceOf(Proposals.Opened.class);
  }

  /** The process may end between push and pull request, and the old one has a branch again. */
  @Test
  void ofABranchThatIsThereAgainTheOldPullRequestIsNotOurs() {
    LedgerEntry old = published(restart());
    closed(old);
    LedgerEntry anew = prepared();
    assertThat(publish(anew)).isEqualTo(new Proposals.Next(anew.status()));

    Proposal proposal = anew.status().proposal();
    assertThat(forge.repository(repository).push(proposal.branch(), proposal.commit()))
        .isInstanceOf(Push.Created.class);

    assertThat(look(anew)).isInstanceOf(Pull.Absent.class);
  }

  @ParameterizedTest
  @CsvSource({
    "held, its pull request is labelled recovery/hold",
    "committed and closed, somebody else has committed to it",
    "amended, somebody else has committed to it"
  })
  void whatIsNotOnlyOursStaysAsItIs(String was, String why) throws GitAPIException {
    LedgerEntry old = published(restart());
    happens(was, old);
    String state = pull(old).at("/state").asText();

    assertThat(publish(prepared()))
        .isInstanceOfSatisfying(
            Proposals.Stopped.class,
            stopped -> {
              assertThat(stopped.reason()).isEqualTo("BranchTaken");
              assertThat(stopped.text()).endsWith(": " + why);
            });
    assertThat(pull(old).at("/state").asText()).isEqualTo(state);
    assertThat(comments(old)).isEmpty();
    assertThat(text(PATH, old.status().proposal().branch())).contains("restartedAt");
  }

  private void happens(String what, LedgerEntry old) throws GitAPIException {
    switch (what) {
      case "merged" -> {
        server.merge(repository, number(old), "alice", "squash");
        edit("main", PATH, text -> MANIFEST);
      }
      case "closed" -> closed(old);
      case "committed and closed" -> {
        commit(old, PATH, text -> text + "# mine\n");
        closed(old);
      }
      case "held" -> mark(old, label());
      case "amended" -> amended(old.status().proposal().branch());
      default -> assertThat(what).isEqualTo("open");
    }
  }

  /** Before Gitea is done with a push, it takes whatever is on that branch for the pull request. */
  private void closed(LedgerEntry old) {
    Stage.waiting().until(() -> pull(old).at("/mergeable").asBoolean());
    server.as("alice", "PATCH", path(old), Map.of("state", "closed"));
  }

  private long label() {
    Map<String, String> hold = Map.of("name", "recovery/hold", "color", "#ff0000");
    return parse(server.as("alice", "POST", "/repos/" + repository + "/labels", hold))
        .at("/id")
        .asLong();
  }

  private void amended(String branch) throws GitAPIException {
    var alice = new UsernamePasswordCredentialsProvider("alice", "alice-password");
    try (Git git =
        Git.cloneRepository()
            .setURI(server.url() + "/" + repository + ".git")
            .setDirectory(folder.toFile())
            .setBranch(branch)
            .setCredentialsProvider(alice)
            .call()) {
      git.commit()
          .setAmend(true)
          .setMessage("Mine")
          .setCommitter("alice", "alice@example.invalid")
          .call();
      git.push()
          .setCredentialsProvider(alice)
          .setRefSpecs(new RefSpec("+HEAD:refs/heads/" + branch))
          .call();
    }
  }

  /** The same failure, on a base that has moved, in a ledger that does not know the first. */
  private LedgerEntry prepared() {
    ledger.clear();
    server.createFile(repository, "main", "moved.yaml", "kind: Other\n");
    RemediationSpec spec = restart();
    LedgerEntry entry = new LedgerEntry(Identity.of(spec).name(), spec, RemediationStatus.empty());
    return next(entry, proposals(entry).prepare());
  }

  private Proposals.Result publish(LedgerEntry entry) {
    return proposals(entry).publish(Optional.empty());
  }
}
