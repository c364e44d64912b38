package io.nephio.recovery.gitea;

import io.nephio.recovery.git.GitServer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The pull requests of any repository of the server. */
public final class PullRequests {
  private static final String AUTOCLOSED = " - autoclosed";
  private static final String NUMBER = "number";
  private static final int CONFLICT = 409;
  private static final int MERGED_ALREADY = 412;

  private final Gitea gitea;

  PullRequests(Gitea gitea) {
    this.gitea = gitea;
  }

  /**
   * Opens a pull request, or finds the one that is open between the two branches. After an
   * unreachable answer it may be there all the same: list before asking again. Labels are added as
   * far as they can be.
   *
   * @param offered labels for people to set
   */
  public Answer<PullRequest> open(
      String repository,
      String head,
      String base,
      String title,
      String body,
      List<Label> labels,
      List<Label> offered) {
    Map<String, Object> request = new HashMap<>();
    request.put("head", head);
    request.put("base", base);
    request.put("title", title);
    request.put("body", body);
    Labels known = gitea.labels(repository);
    request.put("labels", known.ids(labels, offered));
    Answer<PullRequest> opened =
        gitea.post(at(repository, "/pulls"), request, NUMBER).map(PullRequest::of);
    if (opened instanceof Answer.Ok<PullRequest> ok) {
      known.check(labels, ok.value());
    }
    if (opened instanceof Answer.Refused<PullRequest> refused && refused.status() == CONFLICT) {
      return of(repository, head).then(all -> firstOpen(all, base, refused));
    }
    return opened;
  }

  private static Answer<PullRequest> firstOpen(
      List<PullRequest> all, String base, Answer.Refused<PullRequest> refused) {
    for (PullRequest one : all) {
      if (one.open() && one.baseBranch().equals(base)) {
        return new Answer.Ok<>(one);
      }
    }
    return refused;
  }

  /** Every pull request, open or not, of a branch of the repository itself; oldest first. */
  public Answer<List<PullRequest>> of(String repository, String headBranch) {
    return gitea
        .all(at(repository, "/pulls?state=all&sort=oldest"))
        .map(
            nodes ->
                nodes.stream()
                    .map(PullRequest::of)
                    .filter(one -> one.headBranch().equals(headBranch))
                    .sorted(Comparator.comparingLong(PullRequest::number))
                    .toList());
  }

  /** Every open pull request; whether it is one is not left to the server's filter. */
  public Answer<List<Glance>> glances(String repository) {
    return gitea
        .all(at(repository, "/issues?type=pulls&state=open"))
        .map(
            nodes ->
                nodes.stream()
                    .filter(node -> node.hasNonNull("pull_request"))
                    .filter(node -> new Json(node).text("/state").equals("open"))
                    .map(
                        node ->
                            new Glance(
                                node.path("number").asLong(),
                                new Json(node).text("/user/login"),
                                PullRequest.labels(node),
                                node.toString()))
                    .toList());
  }

  public Answer<PullRequest> get(String repository, long number) {
    return gitea.get(at(repository, "/pulls/" + number), NUMBER).map(PullRequest::of);
  }

  /** Closes a pull request, and says in its title that nobody did; false if it is merged. */
  public Answer<Boolean> close(String repository, PullRequest pr) {
    String title = pr.title().endsWith(AUTOCLOSED) ? pr.title() : pr.title() + AUTOCLOSED;
    Answer<Boolean> closed =
        gitea
            .patch(
                at(repository, "/pulls/" + pr.number()),
                Map.of("state", "closed", "title", title),
                NUMBER)
            .map(node -> !PullRequest.of(node).open());
    boolean isMerged =
        closed instanceof Answer.Refused<Boolean> refused && refused.status() == MERGED_ALREADY;
    return isMerged ? new Answer.Ok<>(false) : closed;
  }

  /** Replaces the body. */
  public Answer<PullRequest> body(String repository, long number, String body) {
    return gitea
        .patch(at(repository, "/pulls/" + number), Map.of("body", body), NUMBER)
        .map(PullRequest::of);
  }

  /** Users and teams that reviewed it or were asked to. */
  public Answer<List<String>> reviewers(String repository, long number) {
    return gitea
        .all(at(repository, "/pulls/" + number + "/reviews"))
        .map(
            nodes ->
                nodes.stream()
                    .flatMap(
                        node ->
                            Stream.of(
                                new Json(node).text("/user/login"),
                                new Json(node).text("/team/name")))
                    .filter(name -> !name.isEmpty())
                    .toList());
  }

  /**
   * Asks one for a review; several in one call would all be refused for one that is unknown.
   *
   * @param field {@code reviewers} for a user, {@code team_reviewers} for a team
   */
  public Answer<Boolean> askForReview(String repository, long number, String field, String name) {
    return gitea
        .postForList(
            at(repository, "/pulls/" + number + "/requested_reviewers"),
            Map.of(field, List.of(name)))
        .map(node -> true);
  }

  /**
   * The ids of the commits it holds, up to 50. Gitea 1.19 answers 500 to a page behind the last.
   */
  public Answer<List<String>> commits(String repository, long number) {
    return ids(at(repository, "/pulls/" + number + "/commits?page=1&limit=50"));
  }

  /** The ids of a commit and of those before it, up to 50, the newest first. */
  public Answer<List<String>> history(String repository, String commit) {
    return ids(
        at(repository, "/commits?sha=" + commit + "&stat=false&files=false&page=1&limit=50"));
  }

  private Answer<List<String>> ids(String path) {
    return gitea
        .page(path)
        .map(
            nodes ->
                StreamSupport.stream(nodes.spliterator(), false)
                    .map(node -> new Json(node).text("/sha"))
                    .toList());
  }

  /** The texts of all comments. */
  public Answer<List<String>> comments(String repository, long number) {
    return gitea
        .all(at(repository, "/issues/" + number + "/comments"))
        .map(nodes -> nodes.stream().map(node -> new Json(node).text("/body")).toList());
  }

  /** Adds a comment, and tells its id. */
  public Answer<Long> comment(String repository, long number, String text) {
    return gitea
        .post(at(repository, "/issues/" + number + "/comments"), Map.of("body", text), "id")
        .map(node -> node.path("id").asLong());
  }

  /** The login of whoever closed it last; empty if nobody did. */
  public Answer<String> closedBy(String repository, long number) {
    return gitea
        .toAnEmptyPage(at(repository, "/issues/" + number + "/timeline"))
        .map(
            events ->
                events.stream()
                    .filter(event -> new Json(event).text("/type").equals("close"))
                    .max(Comparator.comparingLong(event -> event.path("id").asLong()))
                    .map(event -> new Json(event).text("/user/login"))
                    .orElse(""));
  }

  private static String at(String repository, String path) {
    return "/repos/" + GitServer.repository(repository) + path;
  }
}
