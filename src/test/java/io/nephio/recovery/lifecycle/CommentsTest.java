package io.nephio.recovery.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.record.Golden;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

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
          "Verifying | failing | 2h");

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
