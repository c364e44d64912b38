package io.nephio.recovery.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

  private final Path file;
  private final List<AuditEntry> entries = new ArrayList<>();
  private long read;

  AuditLog(Path file) {
    this.file = file;
  }

  /** All of them; only what has come since the last time is read. */
  synchronized List<AuditEntry> entries() {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      byte[] bytes = new byte[(int) (log.length() - read)];
      log.seek(read);
      log.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      for (String line : whole.lines().toList()) {
        entries.add(entry(JSON.readTree(line)));
      }
      read += whole.getBytes(StandardCharsets.UTF_8).length;
      return List.copyOf(entries);
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
