package io.nephio.recovery.observe.files;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.observe.Reading;
import io.nephio.recovery.observe.Tree;
import io.nephio.recovery.plan.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** ClusterPolicies from files, refused where an API server would refuse them. */
final class Policies {
  private static final String GROUP = "recovery.nephio.io";
  private static final ObjectMapper STRICT =
      new ObjectMapper().setAnnotationIntrospector(new EveryField());
  private static final Pattern LIMIT = Pattern.compile("([1-9][0-9]?|100)%");
  private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+");

  private final List<String> problems;

  /** A field that nobody knows is a typing error in a file, not one of a later version. */
  private static final class EveryField extends JacksonAnnotationIntrospector {
    @Override
    public JsonIgnoreProperties.Value findPropertyIgnoralByName(
        MapperConfig<?> config, Annotated annotated) {
      return super.findPropertyIgnoralByName(config, annotated).withoutIgnoreUnknown();
    }
  }

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
    Tree tree = document.tree();
    try {
      ClusterPolicySpec spec =
          STRICT.convertValue(tree.tree("spec").fields(), ClusterPolicySpec.class);
      if (!tree.has("spec", "clusterSelector")) {
        throw new IllegalArgumentException("spec.clusterSelector is missing; {} selects all");
      }
      check(spec);
      return Optional.of(
          new Policy(
              Reading.namespace(tree),
              tree.name(),
              tree.text("metadata", "uid"),
              tree.string("metadata", "generation").map(Policies::number).orElse(1L),
              tree.instant("metadata", "creationTimestamp").orElse(Instant.EPOCH),
              spec));
    } catch (IllegalArgumentException e) {
      problems.add(document.where() + ", " + document.object() + ": " + reason(e));
      return Optional.empty();
    }
  }

  private static void check(ClusterPolicySpec spec) {
    IntOrString limit = spec.maxUnhealthy();
    Integer number = limit.getIntVal();
    if (number == null ? !LIMIT.matcher(text(limit.getStrVal())).matches() : number < 1) {
      throw new IllegalArgumentException(
          "spec.maxUnhealthy must be a whole number of at least 1 or a percentage from 1% to 100%");
    }
    if (spec.shortInterval().duration().compareTo(spec.longInterval().duration()) > 0) {
      throw new IllegalArgumentException(
          "spec.shortInterval must not be longer than spec.longInterval");
    }
    within("maxInFlight", spec.maxInFlight(), 20);
    within("maxOpenPullRequests", spec.maxOpenPullRequests(), 50);
    within("retryBudget", spec.retryBudget(), 10);
    if (!REPOSITORY.matcher(spec.repository()).matches()) {
      throw new IllegalArgumentException(
          "spec.repository: '" + spec.repository() + "' is not owner/name");
    }
  }

  private static void within(String field, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException("spec." + field + " must be from 1 to " + max);
    }
  }

  private static String reason(IllegalArgumentException e) {
    if (!(e.getCause() instanceof JsonMappingException mapping)) {
      return String.valueOf(e.getMessage());
    }
    String field =
        mapping.getPath().stream()
            .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
            .collect(Collectors.joining());
    Throwable root = mapping;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text =
        root instanceof JsonMappingException m ? m.getOriginalMessage() : root.getMessage();
    return "spec"
        + field
        + ": "
        + text(text).replaceAll("\\s+", " ").replaceAll(" \\(class .*", "");
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 1;
    }
  }
}
