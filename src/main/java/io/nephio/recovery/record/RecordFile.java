package io.nephio.recovery.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Bounds;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.plan.Review;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The record of a remediation as a file: what people review, and what is read back at the merge.
 *
 * <p>Every string is quoted. Readers of YAML 1.1 (kpt, Config Sync, kubectl) would take an unquoted
 * fingerprint like {@code 12e34567} for a number and an unquoted time for a timestamp.
 *
 * <p>A reviewer may set {@code spec.action: None}, an earlier {@code spec.expiresAt} and any {@code
 * spec.note}. Whatever else differs is refused, by the name of the field.
 */
public final class RecordFile {
  static final String LOCAL_CONFIG = "config.kubernetes.io/local-config";
  private static final int LARGEST = 64 * 1024;

  private static final ObjectMapper YAML =
      new ObjectMapper(
              new YAMLFactory()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES))
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private RecordFile() {}

  /** The same remediation gives the same bytes. */
  static String text(String name, RemediationSpec spec) {
    ObjectNode document = YAML.createObjectNode();
    document.put("apiVersion", "recovery.nephio.io/v1alpha1");
    document.put("kind", "Remediation");
    ObjectNode metadata = document.putObject("metadata");
    metadata.put("name", name);
    metadata.put("namespace", spec.policy().namespace());
    metadata.putObject("annotations").put(LOCAL_CONFIG, "true");
    document.set("spec", YAML.valueToTree(spec));
    try {
      return YAML.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can always be written", e);
    }
  }

  /** Until when a record was valid; empty for any other text. */
  public static Optional<Instant> expiresAt(String text) {
    try {
      JsonNode document = text.length() > LARGEST ? YAML.nullNode() : YAML.readTree(text);
      return document.path("kind").asText().equals("Remediation")
              && document.path("apiVersion").asText().startsWith("recovery.nephio.io/")
          ? instant(document.path("spec").path("expiresAt").asText())
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Compares the record at the merge commit with what was proposed. */
  public static Review review(String name, RemediationSpec proposed, Optional<String> merged) {
    if (merged.isEmpty()) {
      return new Review.Edited("the file", "present", "absent");
    }
    if (merged.get().length() > LARGEST) {
      return new Review.Edited("the file", "a record", merged.get().length() + " characters");
    }
    try {
      JsonNode theirs = YAML.readTree(merged.get());
      JsonNode ours = YAML.readTree(text(name, proposed));
      return compare(ours, theirs, proposed);
    } catch (JsonProcessingException e) {
      return new Review.Edited("the file", "a record", "not YAML: " + e.getOriginalMessage());
    }
  }

  private static Review compare(JsonNode ours, JsonNode theirs, RemediationSpec proposed) {
    if (!(theirs.path("spec") instanceof ObjectNode spec)) {
      return new Review.Edited("spec", "present", "absent");
    }
    String action = spec.path("action").asText();
    Optional<Instant> expiry = instant(spec.path("expiresAt").asText());
    if (expiry.isEmpty() || expiry.get().isAfter(proposed.expiresAt())) {
      return new Review.Edited(
          "spec.expiresAt", proposed.expiresAt().toString(), spec.path("expiresAt").asText());
    }
    boolean none = action.equals(Action.None.name());
    ObjectNode expected = (ObjectNode) ours.path("spec");
    for (String free : new String[] {"expiresAt", "note"}) {
      expected.remove(free);
      spec.remove(free);
    }
    if (none) {
      expected.remove("action");
      spec.remove("action");
    }
    Optional<Review.Edited> difference = difference("", ours, theirs);
    if (difference.isPresent()) {
      return difference.get();
    }
    return none ? new Review.NothingToDo() : new Review.Confirmed(expiry.get());
  }

  private static Optional<Review.Edited> difference(String path, JsonNode ours, JsonNode theirs) {
    if (!ours.isObject() || !theirs.isObject()) {
      return ours.equals(theirs)
          ? Optional.empty()
          : Optional.of(new Review.Edited(path, shortly(ours), shortly(theirs)));
    }
    TreeSet<String> names = new TreeSet<>();
    ours.fieldNames().forEachRemaining(names::add);
    theirs.fieldNames().forEachRemaining(names::add);
    return names.stream()
        .flatMap(
            name ->
                difference(
                    path.isEmpty() ? name : path + "." + name, ours.path(name), theirs.path(name))
                    .stream())
        .findFirst();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String shortly(JsonNode node) {
    String text =
        node.isMissingNode() ? "absent" : node.isValueNode() ? node.asText() : node.toString();
    return Bounds.cut(text, 80);
  }
}
