package io.nephio.recovery.observe.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.observe.Reading;
import io.nephio.recovery.observe.Tree;
import io.nephio.recovery.plan.Policy;
import io.nephio.recovery.rules.Problem;
import io.nephio.recovery.rules.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** ClusterPolicies from files, refused where an API server would refuse them. */
final class Policies {
  private static final String GROUP = "recovery.nephio.io";
  private static final Set<String> OF_POLICY = Set.of("apiVersion", "spec");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> problems;

  Policies(List<String> problems) {
    this.problems = problems;
  }

  List<Policy> read(Documents documents, List<String> paths) {
    List<Document> found =
        documents.objects().stream().filter(d -> d.tree().is(GROUP, "ClusterPolicy")).toList();
    if (found.isEmpty() && problems.isEmpty()) {
      problems.add(String.join(", ", paths) + ": no ClusterPolicy in it");
    }
    List<Policy> policies = new ArrayList<>();
    Map<String, String> seen = new HashMap<>();
    for (Document document : found) {
      policy(document).ifPresent(policies::add);
      String key = Reading.namespace(document.tree()) + "/" + document.tree().name();
      String before = seen.putIfAbsent(key, document.where());
      if (before != null) {
        problems.add(document.where() + ": ClusterPolicy " + key + " is already in " + before);
      }
    }
    return policies;
  }

  private Optional<Policy> policy(Document document) {
    if (isRefused(document)) {
      return Optional.empty();
    }
    Tree tree = document.tree();
    try {
      ClusterPolicySpec spec =
          JSON.convertValue(tree.tree("spec").fields(), ClusterPolicySpec.class);
      return Optional.of(
          new Policy(
              Reading.namespace(tree),
              tree.name(),
              tree.text("metadata", "uid"),
              tree.string("metadata", "generation").map(Policies::number).orElse(1L),
              tree.instant("metadata", "creationTimestamp").orElse(Instant.EPOCH),
              spec));
    } catch (IllegalArgumentException e) {
      problem(document, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      return Optional.empty();
    }
  }

  /** What an API server would refuse of it; the rest of the object is kubectl's to have written. */
  private boolean isRefused(Document document) {
    List<Problem> refused =
        Rules.admit(Rules.written(document.tree().fields()), null).stream()
            .filter(Policies::isOfPolicy)
            .toList();
    refused.forEach(p -> problem(document, p.text()));
    return !refused.isEmpty();
  }

  private static boolean isOfPolicy(Problem problem) {
    return OF_POLICY.contains(String.valueOf(problem.field().steps().get(0)));
  }

  private void problem(Document document, String text) {
    problems.add(document.where() + ", " + document.object() + ": " + text);
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 1;
    }
  }
}
