package io.nephio.recovery.servers;

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
    String uri) {}
