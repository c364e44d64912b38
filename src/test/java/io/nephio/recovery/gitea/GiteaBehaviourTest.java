package io.nephio.recovery.gitea;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What Gitea does that loses or doubles a bot's work, what this operator does about it, and the
 * test that shows it on the real server. Here it is only checked that the test is there.
 */
class GiteaBehaviourTest {
  private static final String ROOT = "io.nephio.recovery.";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Its 409 is not atomic: twins of one pull request              | the first stays, the others are closed                    | operator.BranchTroubleIT#ofTwinsTheFirstStays
          A create before the push is done is a 404                     | refused, and tried again after a pause                    | gitea.PullRequestsIT#aBranchThatIsNotThereIsRefused
          A merge says "try again later", perhaps for ever              | people merge, never the operator: only the outcome counts | operator.PullTroubleIT#aBranchThatSomebodyPushedIntoTheBaseIsNoMerge
          A merge that failed with 500 may have happened                | the pull request is read, not the answer                  | operator.PullTroubleIT#aMergeWhoseAnswerIsLostIsAMerge
          A merge of 200 may be an empty commit                         | the record is read at the merge commit, whatever it adds  | operator.MergedPullIT#aMergeThatAddsNothingApprovesTheSame
          Deleting the head branch closes the pull request              | a person's no, by whoever did it                          | operator.BranchTroubleIT#aDeletedBranchIsANo
          A closed one does not keep a new one from being opened        | the ledger remembers, and so does the closed one          | operator.PullLifeIT#whatWasClosedIsFoundAndNotOpenedAgain
          Some titles block the merge (WIP)                             | ours all begin with recovery(                             | operator.PullTroubleIT#aTitleThatBlocksTheMergeIsNeverOurs
          Label names are not unique                                    | the oldest counts                                         | gitea.PullRequestsIT#ofTwoLabelsOfOneNameTheOldestCounts
          Filters fail open                                             | every item is checked again                               | gitea.WrongAnswersTest#ofAListThatIsNotFilteredOnlyOpenPullRequestsCount
          Paging over a list that changes skips items                   | oldest first, up to an empty page                         | gitea.PagesIT#aListThatChangesMeanwhileLosesNothingAndHasNothingTwice
          Whether a merge deletes the branch differs                    | known by commit and label, never by head.ref              | operator.MergedPullIT#aMergeMayDeleteTheBranch
          Squash and rebase make other commits                          | merge_commit_sha is what is read                          | operator.MergedPullIT#everyStyleApprovesWhatWasProposed
          Rendering some text ends the process (1.26)                   | nothing is ever sent there to be rendered                 | operator.PullTroubleIT#nothingIsSentThereToBeRendered
          A wrong password reads "user does not exist"                  | told by status, never by text                             | gitea.PullRequestsIT#aWrongPasswordIsNamedAndNotTold
          """)
  void hasItsAnswer(String behaviour, String answer, String test) throws ClassNotFoundException {
    String[] parts = test.split("#", -1);
    assertThat(Arrays.stream(Class.forName(ROOT + parts[0]).getDeclaredMethods()))
        .as(behaviour + ": " + answer)
        .anyMatch(method -> method.getName().equals(parts[1]));
  }
}
