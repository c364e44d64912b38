package io.nephio.recovery.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the API server writes down of each request, once it is answered. */
final class AuditLog {
  static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived, ResponseStarted]
      rules:
      - {level: None, users: ["system:apiserver"]}
      - {level: Metadata}
      """;
  private static final ObjectMapper JSON = new ObjectMapper();

  private AuditLog() {}

  static List<AuditEntry> read(Path file) {
    try {
      String log = Files.readString(file);
      String whole = log.substring(0, log.lastIndexOf('\n') + 1);
      List<AuditEntry> entries = new ArrayList<>();
      for (String line : whole.lines().toList()) {
        entries.add(entry(JSON.readTree(line)));
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AuditEntry entry(JsonNode event) {
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
