package io.nephio.recovery.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.plan.Review;
import io.nephio.recovery.record.Golden;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said on a pull request when it is over, in every way that it can be. */
class CommentsTest {
  private static final List<String> ENDS =
      List.of(
          "Proposed | open policy-gone | 1h",
          "Proposed | open gone | 1h",
          "Proposed | open wrong-cluster | 1h",
          "Proposed healthy=1h | open healthy | 2h",
          "Proposed | open | 24h",
          "Proposed | git-down | 24h30m",
          "Proposed | closed | 1h",
          "Proposed | closed-by-nobody-known | 1h",
          "Proposed | merged-none | 1h",
          "Proposed | merged-edited | 1h",
          "Proposed | merged-a-second-late | 24h1s",
          "Approved | taken merged | 1h",
          "Approved | our-receipt merged | 1h",
          "Approved | policy-gone merged | 1h",
          "Approved | gone merged | 1h",
          "Approved | wrong-cluster merged | 1h",
          "Approved healthy=1h | healthy merged | 1h20m",
          "Approved | merged | 1h30m",
          "Executing | taken | 1h2m",
          "Executing | wrong-cluster | 1h2m",
          "Executing | merged | 1h30m",
          "Executing | act-unreadable | 1h30m",
          "Verifying healthy=1h3m | healthy | 1h20m",
          "Verifying | failing | 2h",
          "Proposed | closed-by-us | 1h",
          "Approved | merged-and-reverted | 1h",
          "Approved-without-approval | merged | 1h",
          "Executing | partly merged-and-held | 1h2m",
          "Executing | asked merged-and-held | 1h2m",
          "Executing | stopped merged | 1h2m",
          "Executing | merged-and-reverted | 1h2m",
          "Executing | policy-gone merged | 1h2m",
          "Executing | healthy merged | 1h2m",
          "WaitingForSync | sync-fails | 1h30m",
          "WaitingForSync | unsynced merged-and-reverted | 1h3m",
          "WaitingForSync-without-execution | synced | 1h3m",
          "Verifying | stopped failing | 1h3m");

  private static final String HOSTILE =
      "<img src=x> @everyone closes #5 !6 http://gitea/o/r/issues/7 `a`\n\n# Done | **"
          + "x".repeat(3000);

  /** What others wrote: an engine, a control plane, an API server, or whoever merged. */
  static List<Arguments> foreignTextIsNeitherMarkupNorAReference() {
    Review edited = new Review.Edited(HOSTILE, "a", "b");
    Gate blocked = new Gate.Blocked("Paused", HOSTILE, Given.at("1h20m"), false);
    return List.of(
        Arguments.of("WaitingForSync", new Sync.Failing("RootSync", HOSTILE), "1h30m"),
        Arguments.of("WaitingForSync", new Sync.Pending("RootSync", HOSTILE), "1h30m"),
        Arguments.of("Executing", new Progress.Asked(HOSTILE), "2h"),
        Arguments.of("Executing", new Progress.Partly(HOSTILE), "2h"),
        Arguments.of("Executing", new Progress.Stopped(HOSTILE), "1h2m"),
        Arguments.of("Executing", blocked, "1h2m"),
        Arguments.of("Executing", new Receipt.Taken(HOSTILE), "1h2m"),
        Arguments.of("Executing", new Health.WrongCluster(HOSTILE), "1h2m"),
        Arguments.of("Verifying", new Progress.Stopped(HOSTILE), "1h3m"),
        Arguments.of("Approved", new Receipt.Taken(HOSTILE), "1h"),
        Arguments.of("Approved", new Health.WrongCluster(HOSTILE), "1h"),
        Arguments.of("Proposed", new Pull.Closed(HOSTILE), "1h"),
        Arguments.of("Proposed", merged(edited), "1h"));
  }

  private static Pull merged(Review review) {
    return new Pull.Merged("alice", Given.at("1h"), "merge", review, Pull.Standing.STANDS);
  }

  /** Merged and failing, with this in the place of what is so else. */
  private static Seen seen(Object part) {
    return new Seen(
        part instanceof Pull pull ? pull : merged(new Review.Confirmed(Given.at("24h"))),
        part instanceof Health health ? health : new Health.Failing(),
        part instanceof Gate gate ? gate : new Gate.Free(),
        part instanceof Progress progress
            ? progress
            : part instanceof Gate ? new Progress.Asked("") : new Progress.NotStarted(),
        part instanceof Receipt receipt ? receipt : new Receipt.None(),
        part instanceof Sync sync ? sync : new Sync.NoEngine(),
        false,
        Given.PACE);
  }

  @ParameterizedTest
  @MethodSource
  void foreignTextIsNeitherMarkupNorAReference(String ledger, Object said, String at) {
    var end = (Step.Conclude) Lifecycle.next(Given.ledger(ledger), seen(said), Given.at(at));

    assertThat(end.comment()).contains("img src=x").hasSizeLessThan(1000).doesNotContain("\n");
    assertThat(end.comment().replaceAll("`[^`]+`", "code"))
        .doesNotContain("@everyone", "#5", "!6", "://")
        .doesNotContainPattern("(?<!\\\\)([<*]|`)");
  }

  @Test
  void theWholeText() {
    String all =
        ENDS.stream()
            .map(
                end -> {
                  String[] part = end.split(" \\| ", -1);
                  Step step =
                      Lifecycle.next(Given.ledger(part[0]), Given.seen(part[1]), Given.at(part[2]));
                  assertThat(step).as(end).isInstanceOf(Step.Conclude.class);
                  Step.Conclude conclude = (Step.Conclude) step;
                  return "### "
                      + conclude.status().phase()
                      + "/"
                      + conclude.status().reason()
                      + "\n\n"
                      + conclude.comment()
                      + "\n";
                })
            .collect(Collectors.joining("\n"));
    Golden.assertSame("comments", all);
  }
}
