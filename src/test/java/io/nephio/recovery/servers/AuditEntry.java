package io.nephio.recovery.servers;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** One answered request as the API server's audit log tells it; what does not apply is empty. */
public record AuditEntry(
    String verb,
    String user,
    String resource,
    String subresource,
    String namespace,
    String name,
    int code,
    Instant at,
    String uri) {

  static AuditEntry of(JsonNode event) {
    JsonNode object = event.path("objectRef");
    return new AuditEntry(
        event.path("verb").asText(),
        event.path("user").path("username").asText(),
        object.path("resource").asText(),
        object.path("subresource").asText(),
        object.path("namespace").asText(),
        object.path("name").asText(),
        event.path("responseStatus").path("code").asInt(),
        Instant.parse(event.path("requestReceivedTimestamp").asText()),
        event.path("requestURI").asText());
  }
}
