package io.nephio.recovery.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A field that Gitea may leave out or set to null. */
record Json(JsonNode node) {
  String text(String pointer) {
    String text = optional(pointer);
    return text == null ? "" : text;
  }

  @Nullable String optional(String pointer) {
    JsonNode field = node.at(pointer);
    return field.isTextual() && !field.asText().isEmpty() ? field.asText() : null;
  }
}
