package io.nephio.recovery.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A pull request.
 *
 * @param headBranch the branch's name, also after the branch is gone; {@code owner:branch} if it is
 *     another repository's
 * @param mergeBase where the branch begins from the base branch; empty before Gitea has looked
 * @param mergeable false also while Gitea has not looked yet, and where the title forbids it
 * @param mergedBy like everything about the merge, null before it
 */
public record PullRequest(
    long number,
    String url,
    String headBranch,
    String headSha,
    String baseBranch,
    String mergeBase,
    boolean open,
    boolean mergeable,
    boolean merged,
    @Nullable String mergedBy,
    @Nullable Instant mergedAt,
    @Nullable String mergeCommit,
    List<String> labels,
    String title,
    String body,
    String user) {

  static PullRequest of(JsonNode node) {
    Json json = new Json(node);
    boolean merged = node.path("merged").asBoolean();
    String at = json.optional("/merged_at");
    return new PullRequest(
        node.path("number").asLong(),
        json.text("/html_url"),
        // Not head.ref: once the branch is deleted that is refs/pull/N/head.
        json.text("/head/label"),
        json.text("/head/sha"),
        json.text("/base/ref"),
        json.text("/merge_base"),
        json.text("/state").equals("open"),
        node.path("mergeable").asBoolean(),
        merged,
        merged ? json.optional("/merged_by/login") : null,
        merged && at != null ? OffsetDateTime.parse(at).toInstant() : null,
        merged ? json.optional("/merge_commit_sha") : null,
        labels(node),
        json.text("/title"),
        json.text("/body"),
        json.text("/user/login"));
  }

  static List<String> labels(JsonNode node) {
    return StreamSupport.stream(node.path("labels").spliterator(), false)
        .map(label -> new Json(label).text("/name"))
        .toList();
  }
}
