package io.nephio.recovery.lifecycle;

import static io.nephio.recovery.lifecycle.Given.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationStatus;
import org.junit.jupiter.api.Test;

class MovesTest {
  private static final RemediationStatus PREPARED =
      Given.ledger("Detected-prepared GitUnreachable=30s").status();

  @Test
  void theSameObstacleIsWrittenOnceUntilItIsTimeToTryAgain() {
    assertThat(moves(PREPARED, "29s").blocked("GitUnreachable", "connection refused", at("1m")))
        .isEmpty();
    assertThat(moves(PREPARED, "30s").blocked("GitUnreachable", "connection refused", at("1m")))
        .hasValueSatisfying(s -> assertThat(s.retryAt()).isEqualTo(at("1m")));
  }

  @Test
  void aTextThatTheLedgerCutsIsStillTheSame() {
    String endless = "no ".repeat(1000);
    RemediationStatus blocked = moves(PREPARED, "0s").blocked("Hook", endless, at("1m")).get();

    assertThat(moves(blocked, "10s").blocked("Hook", endless, at("2m"))).isEmpty();
  }

  @Test
  void aTimeToTryAgainThatIsOverIsNotWrittenAgainAndAgain() {
    RemediationStatus blocked = moves(PREPARED, "5m").blocked("Hook", "no", at("1m")).get();

    assertThat(moves(blocked, "5m").blocked("Hook", "no", at("1m"))).isEmpty();
  }

  @Test
  void anotherReasonIsNoTransition() {
    assertThat(moves(PREPARED, "1h").blocked("Hook", "no", at("2h")).get().conditions())
        .singleElement()
        .satisfies(c -> assertThat(c.getReason()).isEqualTo("Hook"))
        .extracting(Condition::getLastTransitionTime)
        .isEqualTo(PREPARED.conditions().get(0).getLastTransitionTime());
  }

  @Test
  void aPublishedOneIsProposedUnderItsNumber() {
    RemediationStatus proposed = moves(PREPARED, "1m").published(7, "http://gitea/7");

    assertThat(proposed.phase()).isEqualTo(Phase.Proposed);
    assertThat(proposed.proposal().pullRequest()).isEqualTo(7);
    assertThat(proposed.proposal().url()).isEqualTo("http://gitea/7");
    assertThat(proposed.proposal().commit()).isEqualTo(PREPARED.proposal().commit());
    assertThat(proposed.conditions()).isEmpty();
    assertThat(proposed.retryAt()).isNull();
  }

  private static Moves moves(RemediationStatus status, String offset) {
    return new Moves(status, at(offset));
  }
}
